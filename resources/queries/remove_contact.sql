DELETE FROM contact WHERE id = :id;
