UPDATE message SET seq = :seq, content_warning = :content_warning, rating = :rating, edited_at = :edited_at
WHERE id = :id;
