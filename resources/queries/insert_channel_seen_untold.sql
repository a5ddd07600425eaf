-- scans seen: once, where a channel comes back into sight
INSERT INTO seen_untold (conversation, was)
SELECT seen.conversation, 0 FROM seen CROSS JOIN conversation ON conversation.id = seen.conversation
WHERE seen.agent = :agent AND conversation.channel = :channel
ON CONFLICT DO NOTHING;
