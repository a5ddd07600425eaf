SELECT id, body, at, conversation, number, state, outcome, seq, undoes, forecast IS NULL, era,
    refused_here, part FROM outbox
WHERE state IN (0, 1, 2) AND conversation = :conversation AND id < :before ORDER BY id DESC LIMIT 1;
