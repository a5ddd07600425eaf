-- scans notice: of a slice, all of it
SELECT
    id, seq, created_seq, channel, uuid, agent, at, until, text, tag, shared_view, list
FROM notice ORDER BY id;
