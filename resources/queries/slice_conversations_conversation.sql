INSERT INTO slice.conversation SELECT * FROM main.conversation
WHERE id > :after AND id <= :up_to AND +channel = :channel ORDER BY id;
