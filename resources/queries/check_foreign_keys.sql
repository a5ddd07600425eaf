SELECT "table", coalesce(rowid, 0), parent FROM pragma_foreign_key_check LIMIT 20;
