-- scans workspace_setting: all of it goes
DELETE FROM workspace_setting;
