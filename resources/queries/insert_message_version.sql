INSERT INTO message_version (id, seq, created_seq, channel, message, replaced_at, text)
SELECT :id, :seq, :seq, channel, id, :at, text FROM message WHERE id = :message;
