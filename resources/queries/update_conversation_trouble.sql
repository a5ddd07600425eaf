UPDATE conversation SET seq = :seq,
    trouble = (SELECT count(*) FROM delivery WHERE conversation = :id AND state IN (7, 8))
WHERE id = :id;
