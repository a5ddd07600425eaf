-- scans identity: a channel is rarely withdrawn
DELETE FROM identity WHERE channel = :channel;
