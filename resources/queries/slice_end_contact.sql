SELECT id FROM contact WHERE id > :after ORDER BY id LIMIT 1 OFFSET :most - 1;
