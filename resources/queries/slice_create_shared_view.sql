CREATE TABLE slice.shared_view AS SELECT * FROM main.shared_view LIMIT 0;
