INSERT INTO message_index (message_index, rank) VALUES ('hashsize', :bytes);
