SELECT id FROM conversation WHERE id > :from ORDER BY id LIMIT 1 OFFSET :rows;
