-- What it does not name no index of it is written for.
UPDATE conversation SET seq = :seq, message_count = message_count + 1
WHERE id = :id;
