-- scans notice: a channel is rarely withdrawn
DELETE FROM notice WHERE channel = :channel;
