-- scans thread: a channel is rarely withdrawn
DELETE FROM thread WHERE channel = :channel;
