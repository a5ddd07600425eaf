SELECT id, counted_to FROM view_filter WHERE counted_to < 9223372036854775807 ORDER BY id LIMIT 1;
