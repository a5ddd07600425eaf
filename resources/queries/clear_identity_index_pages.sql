DELETE FROM identity_index_idx;
