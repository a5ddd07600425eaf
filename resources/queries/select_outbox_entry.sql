SELECT id, body, at, conversation, number, state, outcome, seq, undoes, forecast IS NULL FROM outbox WHERE id = :id;
