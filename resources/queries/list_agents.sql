SELECT id, name, role, on_duty, disabled, open_limit FROM agent ORDER BY name COLLATE NOCASE, id;
