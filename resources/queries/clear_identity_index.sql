INSERT INTO identity_index (identity_index) VALUES ('delete-all');
