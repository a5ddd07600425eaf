-- scans macro: a channel is rarely withdrawn
DELETE FROM macro WHERE channel = :channel;
