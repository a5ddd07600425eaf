-- scans media: a channel is rarely withdrawn
DELETE FROM media WHERE channel = :channel;
