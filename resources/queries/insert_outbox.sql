INSERT INTO outbox (action, body, at, conversation) VALUES (:action, :body, :at, :conversation);
