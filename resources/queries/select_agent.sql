SELECT id, name, role, on_duty, disabled, open_limit FROM agent WHERE id = :id;
