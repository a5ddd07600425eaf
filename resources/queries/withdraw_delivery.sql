-- scans delivery: a channel is rarely withdrawn
DELETE FROM delivery WHERE channel = :channel;
