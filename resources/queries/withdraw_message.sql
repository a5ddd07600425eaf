-- scans message: a channel is rarely withdrawn
DELETE FROM message WHERE channel = :channel;
