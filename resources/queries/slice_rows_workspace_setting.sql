-- scans workspace_setting: of a slice, all of it
SELECT
    id, seq, created_seq, channel, name, value
FROM workspace_setting ORDER BY id;
