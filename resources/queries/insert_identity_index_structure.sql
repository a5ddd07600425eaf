-- As FTS5 writes those of an empty index: no averages, and a structure without a level.
INSERT INTO identity_index_data (id, block) VALUES (1, x''), (10, x'00000000000000');
