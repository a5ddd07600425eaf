SELECT id, body, at, conversation, number, state, outcome, seq, undoes, forecast IS NULL, era,
    refused_here, part FROM outbox
WHERE state = 3 AND conversation = :conversation ORDER BY id DESC;
