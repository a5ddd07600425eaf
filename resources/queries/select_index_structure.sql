SELECT block FROM message_index_data WHERE id = 10;
