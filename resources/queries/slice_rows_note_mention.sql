-- scans note_mention: of a slice, all of it
SELECT
    id, seq, created_seq, channel, message, conversation, agent
FROM note_mention ORDER BY id;
