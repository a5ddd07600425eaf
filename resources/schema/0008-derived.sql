-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The full-text index anew, a seventh smaller: fixed attributes are words of one or two letters, so that few beginnings
-- of them are indexed too, and stand before the text in the only column; sizes of columns serve ranks alone.

DROP TRIGGER message_index_insert;
DROP TRIGGER message_index_update;
DROP TRIGGER message_index_delete;
DROP TABLE message_index;
DROP VIEW message_search;

-- The letters are those from U+100000, which cleanText() keeps out of every text (searchplan.cpp asks for the same):
-- U+100000 kind; U+101000 year and U+100100 month; U+104000 channel; U+105000 writing agent; U+107000 and U+108000 author
-- identity, the high and the low 12 bits. A number that is too large for them is spelt behind the block's first letter.
CREATE VIEW message_search (id, text) AS
SELECT id,
    char(0x100000 + kind)
    || ' ' || CASE WHEN channel < 4096 THEN char(0x104000 + channel) ELSE char(0x104000) || channel END
    || CASE WHEN identity IS NULL THEN ''
            WHEN identity < 16777216 THEN ' ' || char(0x107000 + identity / 4096, 0x108000 + identity % 4096)
            ELSE ' ' || char(0x107000) || identity END
    || CASE WHEN agent IS NULL THEN ''
            WHEN agent < 4096 THEN ' ' || char(0x105000 + agent)
            ELSE ' ' || char(0x105000) || agent END
    || coalesce(' ' || char(0x101000 + strftime('%Y', sort_at / 1000, 'unixepoch'),
                            0x100100 + strftime('%m', sort_at / 1000, 'unixepoch')), '')
    || ' ' || content_warning || char(10) || text
FROM message;

CREATE VIRTUAL TABLE message_index USING fts5 (
    text, content = 'message_search', content_rowid = 'id', columnsize = 0, prefix = '1 2 3 4 5 6',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co'"
);

CREATE TRIGGER message_index_insert AFTER INSERT ON message BEGIN
    INSERT INTO unindexed (message) VALUES (new.id);
END;

-- The exact old words must be named before they change: hence BEFORE, while the view still shows them.
CREATE TRIGGER message_index_update BEFORE UPDATE OF text, content_warning, kind, identity, agent, sort_at ON message
WHEN NOT EXISTS (SELECT 1 FROM unindexed WHERE message = old.id) BEGIN
    INSERT INTO message_index (message_index, rowid, text)
    SELECT 'delete', id, text FROM message_search WHERE id = old.id;
    INSERT INTO unindexed (message) VALUES (old.id);
END;
CREATE TRIGGER message_index_delete BEFORE DELETE ON message BEGIN
    INSERT INTO message_index (message_index, rowid, text)
    SELECT 'delete', id, text FROM message_search
    WHERE id = old.id AND NOT EXISTS (SELECT 1 FROM unindexed WHERE message = old.id);
    DELETE FROM unindexed WHERE message = old.id;
END;

INSERT INTO message_index (message_index) VALUES ('rebuild');
DELETE FROM unindexed;
