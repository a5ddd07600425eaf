INSERT INTO identity_index (identity_index, rank) VALUES ('integrity-check', 1);
