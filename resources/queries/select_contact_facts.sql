SELECT id, merged_into, channel FROM contact WHERE id = :id;
