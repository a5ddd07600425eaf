UPDATE message SET seq = :seq, text = :text, edited_at = :at WHERE id = :id;
