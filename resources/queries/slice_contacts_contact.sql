INSERT INTO slice.contact SELECT * FROM main.contact
WHERE id > :after AND id <= :up_to AND coalesce(channel, 0) = :channel ORDER BY id;
