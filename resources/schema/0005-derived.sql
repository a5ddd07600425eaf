-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The full-text index is filled a batch at a time: FTS5 writes its pending words out at every savepoint, and a trigger
-- has one. Messages whose words the index does not hold yet; empty whenever a transaction of the writer has ended.
CREATE TABLE unindexed (message INTEGER PRIMARY KEY) STRICT;

DROP TRIGGER message_index_insert;
DROP TRIGGER message_index_update_before;
DROP TRIGGER message_index_update_after;
DROP TRIGGER message_index_delete;

CREATE TRIGGER message_index_insert AFTER INSERT ON message BEGIN
    INSERT INTO unindexed (message) VALUES (new.id);
END;

-- The exact old words must be named before they change: hence BEFORE, while the view still shows them.
CREATE TRIGGER message_index_update BEFORE UPDATE OF text, content_warning, kind, identity, agent, sort_at ON message
WHEN NOT EXISTS (SELECT 1 FROM unindexed WHERE message = old.id) BEGIN
    INSERT INTO message_index (message_index, rowid, text, attributes)
    SELECT 'delete', id, text, attributes FROM message_search WHERE id = old.id;
    INSERT INTO unindexed (message) VALUES (old.id);
END;
CREATE TRIGGER message_index_delete BEFORE DELETE ON message BEGIN
    INSERT INTO message_index (message_index, rowid, text, attributes)
    SELECT 'delete', id, text, attributes FROM message_search
    WHERE id = old.id AND NOT EXISTS (SELECT 1 FROM unindexed WHERE message = old.id);
    DELETE FROM unindexed WHERE message = old.id;
END;
