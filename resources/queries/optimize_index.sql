INSERT INTO message_index (message_index) VALUES ('optimize');
