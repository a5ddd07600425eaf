-- No SELECT of its own: such a statement has a savepoint, and each is a part of the index.
INSERT INTO message_index (rowid, text) VALUES (:message, (SELECT text FROM message_words WHERE id = :message));
