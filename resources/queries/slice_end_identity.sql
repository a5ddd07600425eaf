SELECT id FROM identity WHERE id > :after AND +channel = :channel ORDER BY id LIMIT 1 OFFSET :most - 1;
