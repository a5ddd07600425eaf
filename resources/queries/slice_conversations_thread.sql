INSERT INTO slice.thread SELECT * FROM main.thread
WHERE id IN (SELECT thread FROM slice.conversation) AND +channel = :channel;
