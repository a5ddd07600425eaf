UPDATE media SET seq = :seq, hash = :hash,
    width = CASE WHEN width > 0 AND height > 0 THEN width ELSE :width END,
    height = CASE WHEN width > 0 AND height > 0 THEN height ELSE :height END
WHERE id = :id;
