-- scans outbox: once, when the server is another one or said for the first time which one it is
UPDATE outbox SET era = :era WHERE era = :was;
