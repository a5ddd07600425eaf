UPDATE message SET seq = :seq, liked = CASE WHEN :liked < 0 THEN liked ELSE :liked END,
    boosted = CASE WHEN :boosted < 0 THEN boosted ELSE :boosted END
WHERE id = :id;
