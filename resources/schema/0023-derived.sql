-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How many conversations have each tag.
CREATE TABLE tag_tally (tag INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;

CREATE TRIGGER tag_tally_insert AFTER INSERT ON conversation_tag BEGIN
    INSERT INTO tag_tally (tag, n) VALUES (new.tag, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER tag_tally_update AFTER UPDATE OF tag ON conversation_tag WHEN new.tag <> old.tag BEGIN
    UPDATE tag_tally SET n = n - 1 WHERE tag = old.tag;
    INSERT INTO tag_tally (tag, n) VALUES (new.tag, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER tag_tally_delete AFTER DELETE ON conversation_tag BEGIN
    UPDATE tag_tally SET n = n - 1 WHERE tag = old.tag;
END;

INSERT INTO tag_tally (tag, n) SELECT tag, count(*) FROM conversation_tag GROUP BY tag;
