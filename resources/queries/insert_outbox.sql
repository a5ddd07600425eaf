INSERT INTO outbox (action, body, at, conversation, era) VALUES (:action, :body, :at, :conversation, :era);
