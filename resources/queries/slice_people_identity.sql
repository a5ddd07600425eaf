INSERT INTO slice.identity SELECT * FROM main.identity
WHERE id > :after AND id <= :up_to AND +channel = :channel ORDER BY id;
