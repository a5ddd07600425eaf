INSERT INTO slice.workspace_setting SELECT * FROM main.workspace_setting WHERE channel IS NULL;
