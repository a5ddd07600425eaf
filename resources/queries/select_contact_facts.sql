SELECT id, merged_into FROM contact WHERE id = :id;
