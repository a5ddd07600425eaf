SELECT name, value FROM workspace_setting;
