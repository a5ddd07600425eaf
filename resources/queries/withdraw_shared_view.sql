-- scans shared_view: a channel is rarely withdrawn
DELETE FROM shared_view WHERE channel = :channel;
