-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What can be made again from the synchronised tables: the full-text index and the counts of the views.

-- Fixed attributes are words of their own that begin with U+E000, which cleanText() keeps out of every text: c channel,
-- a author identity, g writing agent, k kind, m month.
CREATE VIEW message_search (id, text, attributes) AS
SELECT id, content_warning || char(10) || text,
    char(57344) || 'c' || channel || ' ' || coalesce(char(57344) || 'a' || identity || ' ', '')
    || coalesce(char(57344) || 'g' || agent || ' ', '') || char(57344) || 'k' || kind
    || ' ' || char(57344) || 'm' || strftime('%Y%m', sort_at / 1000, 'unixepoch')
FROM message;

CREATE VIRTUAL TABLE message_index USING fts5 (
    text, attributes, content = 'message_search', content_rowid = 'id', prefix = '1 2 3 4 5 6',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co'"
);

CREATE TRIGGER message_index_insert AFTER INSERT ON message BEGIN
    INSERT INTO message_index (rowid, text, attributes)
    SELECT id, text, attributes FROM message_search WHERE id = new.id;
END;

-- The exact old words must be named before they change: hence BEFORE, while the view still shows them.
CREATE TRIGGER message_index_update_before BEFORE UPDATE OF text, content_warning, kind, identity, agent, sort_at ON message BEGIN
    INSERT INTO message_index (message_index, rowid, text, attributes)
    SELECT 'delete', id, text, attributes FROM message_search WHERE id = old.id;
END;
CREATE TRIGGER message_index_update_after AFTER UPDATE OF text, content_warning, kind, identity, agent, sort_at ON message BEGIN
    INSERT INTO message_index (rowid, text, attributes)
    SELECT id, text, attributes FROM message_search WHERE id = new.id;
END;
CREATE TRIGGER message_index_delete BEFORE DELETE ON message BEGIN
    INSERT INTO message_index (message_index, rowid, text, attributes)
    SELECT 'delete', id, text, attributes FROM message_search WHERE id = old.id;
END;

-- How many conversations there are of each combination that the views count.
CREATE TABLE tally (
    status INTEGER NOT NULL, assignee INTEGER NOT NULL, channel INTEGER NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (status, assignee, channel)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tally_insert AFTER INSERT ON conversation BEGIN
    INSERT INTO tally (status, assignee, channel, n) VALUES (new.status, coalesce(new.assignee, 0), new.channel, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER tally_update AFTER UPDATE OF status, assignee ON conversation
WHEN new.status <> old.status OR new.assignee IS NOT old.assignee BEGIN
    UPDATE tally SET n = n - 1
    WHERE status = old.status AND assignee = coalesce(old.assignee, 0) AND channel = old.channel;
    INSERT INTO tally (status, assignee, channel, n) VALUES (new.status, coalesce(new.assignee, 0), new.channel, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER tally_delete AFTER DELETE ON conversation BEGIN
    UPDATE tally SET n = n - 1
    WHERE status = old.status AND assignee = coalesce(old.assignee, 0) AND channel = old.channel;
END;
