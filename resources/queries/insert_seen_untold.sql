INSERT INTO seen_untold (conversation, was)
VALUES (:conversation, coalesce((SELECT message FROM seen WHERE agent = :agent AND conversation = :conversation), 0))
ON CONFLICT DO NOTHING;
