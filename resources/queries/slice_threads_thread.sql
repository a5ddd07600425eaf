INSERT INTO slice.thread SELECT * FROM main.thread
WHERE id > :after AND id <= :up_to AND +channel = :channel ORDER BY id;
