-- scans message_version: a channel is rarely withdrawn
DELETE FROM message_version WHERE channel = :channel;
