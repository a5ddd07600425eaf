-- Not by the line that is still shown ahead of the server where it could not be taken back.
UPDATE outbox SET state = 4, done_at = :now
WHERE state = 3
    AND EXISTS (SELECT 1 FROM journal WHERE action = outbox.action AND journal.id < 4611686018427387904);
