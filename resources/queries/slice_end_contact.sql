SELECT id FROM contact WHERE id > :after AND coalesce(channel, 0) = :channel ORDER BY id LIMIT 1 OFFSET :most - 1;
