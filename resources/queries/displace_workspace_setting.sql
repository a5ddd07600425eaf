DELETE FROM workspace_setting
WHERE (name = :name AND id <> :id);
