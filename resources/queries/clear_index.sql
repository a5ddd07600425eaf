INSERT INTO message_index (message_index) VALUES ('delete-all');
