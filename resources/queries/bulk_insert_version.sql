INSERT INTO message_version (seq, created_seq, channel, message, replaced_at, text)
VALUES (:seq, :seq, :channel, :message, :at, :text);
