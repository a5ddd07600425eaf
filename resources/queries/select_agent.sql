SELECT id, name, role, on_duty, disabled FROM agent WHERE id = :id;
