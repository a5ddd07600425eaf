-- scans: the few agents of a workspace
SELECT id, name, role, on_duty, disabled, open_limit FROM agent ORDER BY id;
