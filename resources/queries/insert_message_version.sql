INSERT INTO message_version (seq, created_seq, channel, message, replaced_at, text)
SELECT :seq, :seq, channel, id, :at, text FROM message WHERE id = :message;
