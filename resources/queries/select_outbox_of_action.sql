SELECT id, body, at, conversation, number, state, outcome, seq, undoes, forecast IS NULL, era,
    refused_here, part FROM outbox
WHERE action = :action;
