-- scans device: a channel is rarely withdrawn
DELETE FROM device WHERE channel = :channel;
