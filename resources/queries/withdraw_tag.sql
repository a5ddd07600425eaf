-- scans tag: a channel is rarely withdrawn
DELETE FROM tag WHERE channel = :channel;
