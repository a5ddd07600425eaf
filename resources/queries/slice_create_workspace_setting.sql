CREATE TABLE slice.workspace_setting AS SELECT * FROM main.workspace_setting LIMIT 0;
