SELECT id FROM thread WHERE alias_of = :thread;
