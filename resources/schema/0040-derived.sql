-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The words of names and handles, so that somebody is found by any of them: the beginnings have indexes of their own.
-- As with messages (0005, 0029), new words are put in before a transaction ends, all at once; but FTS5 merges by itself:
-- 300,000 identities are 45 megabytes, which it does in steps of some milliseconds.

-- Identities whose words the index does not hold yet; empty whenever a transaction of the writer has ended.
CREATE TABLE unindexed_identity (identity INTEGER PRIMARY KEY) STRICT;

-- What the index holds.
CREATE VIEW identity_search (id, name, handle) AS
SELECT id, name, handle FROM identity AS i WHERE NOT EXISTS (SELECT 1 FROM unindexed_identity WHERE identity = i.id);

CREATE VIRTUAL TABLE identity_index USING fts5 (
    name, handle, content = 'identity_search', content_rowid = 'id', columnsize = 0, prefix = '1 2 3 4 5 6',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co'"
);

CREATE TRIGGER identity_index_insert AFTER INSERT ON identity BEGIN
    INSERT INTO unindexed_identity (identity) VALUES (new.id);
END;
CREATE TRIGGER identity_index_update BEFORE UPDATE OF name, handle ON identity
WHEN (new.name <> old.name OR new.handle <> old.handle)
    AND NOT EXISTS (SELECT 1 FROM unindexed_identity WHERE identity = old.id) BEGIN
    INSERT INTO identity_index (identity_index, rowid, name, handle) VALUES ('delete', old.id, old.name, old.handle);
    INSERT INTO unindexed_identity (identity) VALUES (old.id);
END;
CREATE TRIGGER identity_index_delete BEFORE DELETE ON identity BEGIN
    INSERT INTO identity_index (identity_index, rowid, name, handle)
    SELECT 'delete', old.id, old.name, old.handle
    WHERE NOT EXISTS (SELECT 1 FROM unindexed_identity WHERE identity = old.id);
    DELETE FROM unindexed_identity WHERE identity = old.id;
END;

-- 300,000 identities take three seconds.
INSERT INTO identity_index (identity_index) VALUES ('rebuild');
