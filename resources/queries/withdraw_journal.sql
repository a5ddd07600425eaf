-- scans journal: a channel is rarely withdrawn
DELETE FROM journal WHERE channel = :channel;
