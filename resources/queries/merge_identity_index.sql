INSERT INTO identity_index (identity_index, rank) VALUES ('merge', :pages);
