-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What comes to a replica by slices is stored at once and indexed afterwards, newest first, a few messages at a time:
-- a message that is in this table is not in the index.
--   at: of one that is indexed afterwards, the time by which the newest one is found; null = it is indexed before the
--     transaction ends that wrote it
ALTER TABLE unindexed ADD COLUMN at INTEGER;
CREATE INDEX unindexed_at ON unindexed (at, message);

-- The index's content is what it holds, so that it can be checked at any time; message_words has those to come, too.
DROP VIEW message_search;

-- The letters are those from U+100000, which cleanText() keeps out of every text (searchplan.cpp asks for the same):
-- U+100000 kind; U+101000 year and U+100100 month; U+104000 channel; U+105000 writing agent; U+107000 and U+108000 author
-- identity, the high and the low 12 bits. A number that is too large for them is spelt behind the block's first letter.
CREATE VIEW message_words (id, text) AS
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

CREATE VIEW message_search (id, text) AS
SELECT id, text FROM message_words AS w WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE message = w.id);

-- The exact old words must be named before they change: hence BEFORE, while the view still shows them. A row that comes
-- again as it was is left in the index.
DROP TRIGGER message_index_update;
CREATE TRIGGER message_index_update BEFORE UPDATE OF text, content_warning, kind, channel, identity, agent, sort_at ON message
WHEN (new.text <> old.text OR new.content_warning <> old.content_warning OR new.kind <> old.kind
    OR new.channel <> old.channel
    OR new.identity IS NOT old.identity OR new.agent IS NOT old.agent OR new.sort_at <> old.sort_at)
    AND NOT EXISTS (SELECT 1 FROM unindexed WHERE message = old.id) BEGIN
    INSERT INTO message_index (message_index, rowid, text)
    SELECT 'delete', id, text FROM message_search WHERE id = old.id;
    INSERT INTO unindexed (message) VALUES (old.id);
END;
