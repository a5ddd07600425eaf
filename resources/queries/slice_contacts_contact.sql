INSERT INTO slice.contact SELECT * FROM main.contact
WHERE id > :after AND id <= :up_to AND channel IS NULL ORDER BY id;
