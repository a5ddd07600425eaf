-- scans conversation_tag: a channel is rarely withdrawn
DELETE FROM conversation_tag WHERE channel = :channel;
