-- scans note_mention: a channel is rarely withdrawn
DELETE FROM note_mention WHERE channel = :channel;
