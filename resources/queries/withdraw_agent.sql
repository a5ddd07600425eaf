-- scans agent: a channel is rarely withdrawn
DELETE FROM agent WHERE channel = :channel;
