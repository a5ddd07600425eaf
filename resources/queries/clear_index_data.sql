DELETE FROM message_index_data;
