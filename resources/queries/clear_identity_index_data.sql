DELETE FROM identity_index_data;
