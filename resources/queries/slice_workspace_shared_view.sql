INSERT INTO slice.shared_view SELECT * FROM main.shared_view WHERE channel IS NULL;
