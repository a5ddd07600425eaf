DELETE FROM workspace_setting WHERE id = :id;
