DELETE FROM message_index_idx;
