-- scans channel: a channel is rarely withdrawn
DELETE FROM channel WHERE id = :channel OR channel = :channel;
