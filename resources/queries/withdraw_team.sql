-- scans team: a channel is rarely withdrawn
DELETE FROM team WHERE channel = :channel;
