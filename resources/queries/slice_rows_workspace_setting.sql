-- scans workspace_setting: of a slice, all of it
SELECT * FROM workspace_setting ORDER BY id;
