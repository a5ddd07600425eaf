-- Of the server's rows: not of what is shown ahead of it.
SELECT journal.created_seq, journal.agent, journal.device, journal.after
FROM delivery JOIN journal ON journal.conversation = delivery.conversation AND journal.message = delivery.message
WHERE delivery.id = :delivery AND journal.kind = :kind AND journal.created_seq > :since
    AND journal.id < 4611686018427387904
ORDER BY journal.id DESC;
