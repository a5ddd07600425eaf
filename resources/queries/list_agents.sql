SELECT id, name, role, on_duty, disabled FROM agent ORDER BY name COLLATE NOCASE, id;
