-- sorts: what was done on one device in a day, and only after its server was restored
SELECT id, body, at, conversation, number, state, outcome, seq, undoes, forecast IS NULL, era,
    refused_here, part FROM outbox
WHERE state IN (0, 1, 2, 3, 4) AND era <> :era ORDER BY id;
