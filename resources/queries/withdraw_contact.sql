-- scans contact: a channel is rarely withdrawn
DELETE FROM contact WHERE channel = :channel;
