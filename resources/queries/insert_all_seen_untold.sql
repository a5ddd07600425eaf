-- scans seen: once, where a server is told for the first time, or knows nothing any more
INSERT INTO seen_untold (conversation, was) SELECT conversation, 0 FROM seen WHERE agent = :agent
ON CONFLICT DO UPDATE SET was = 0;
