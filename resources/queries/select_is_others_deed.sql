-- Of the server's rows: not of what is shown ahead of it.
SELECT 1 FROM journal
WHERE conversation = :conversation AND created_seq > :since AND agent IS NOT :me AND id < 4611686018427387904 LIMIT 1;
