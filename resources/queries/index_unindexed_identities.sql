-- scans unindexed_identity: what this transaction wrote
INSERT INTO identity_index (rowid, name, handle)
SELECT i.id, i.name, i.handle FROM unindexed_identity AS u CROSS JOIN identity AS i ON i.id = u.identity
ORDER BY u.identity;
