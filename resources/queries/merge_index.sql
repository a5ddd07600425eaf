INSERT INTO message_index (message_index, rank) VALUES ('merge', :pages);
