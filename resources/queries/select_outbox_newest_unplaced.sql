SELECT id, body, at, conversation, number, state, outcome, seq, undoes, forecast IS NULL, era,
    refused_here, part FROM outbox
WHERE id = (SELECT max(id) FROM outbox WHERE state IN (0, 1, 2) AND conversation IS NULL AND id < :before);
