-- scans identity_index: the index itself, as far as the limit
SELECT rowid FROM identity_index WHERE identity_index MATCH :match LIMIT :limit;
