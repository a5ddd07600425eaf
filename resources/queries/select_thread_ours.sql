SELECT is_ours FROM thread WHERE id = :id;
