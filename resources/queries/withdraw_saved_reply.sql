-- scans saved_reply: a channel is rarely withdrawn
DELETE FROM saved_reply WHERE channel = :channel;
