SELECT * FROM contact WHERE id = :id;
