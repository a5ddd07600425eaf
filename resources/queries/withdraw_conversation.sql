-- scans conversation: a channel is rarely withdrawn
DELETE FROM conversation WHERE channel = :channel;
