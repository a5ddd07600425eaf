-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How many conversations there are in each view that somebody made. A view's filter is tested on each changed row
-- before and after; whose it is is left to the reading, so that "mine" is counted for everybody at once.

-- counted_to: conversations up to this id are counted; from there on the desk goes through them in slices.
CREATE TABLE view_filter (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, statuses INTEGER NOT NULL, channels TEXT NOT NULL,
    tags TEXT NOT NULL, tag_count INTEGER NOT NULL, without_tags TEXT NOT NULL, least INTEGER NOT NULL,
    needs_answer INTEGER NOT NULL, is_private INTEGER NOT NULL, has_trouble INTEGER NOT NULL,
    counted_to INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE view_count (
    view INTEGER NOT NULL, owner INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (view, owner)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER view_filter_delete AFTER DELETE ON view_filter BEGIN
    DELETE FROM view_count WHERE view = old.id;
END;

CREATE TRIGGER shared_view_insert AFTER INSERT ON shared_view WHEN new.search = '' BEGIN
    INSERT INTO view_filter (
        uuid, statuses, channels, tags, tag_count, without_tags, least, needs_answer, is_private, has_trouble
    ) VALUES (
        new.uuid, new.statuses, new.channels, new.tags,
        max(length(new.tags) - length(replace(new.tags, ' ', '')) - 1, 0), new.without_tags, new.least,
        new.needs_answer, new.is_private, new.has_trouble
    );
END;
CREATE TRIGGER shared_view_update AFTER UPDATE ON shared_view
WHEN new.search = '' AND (
    old.search <> '' OR new.statuses <> old.statuses OR new.channels <> old.channels OR new.tags <> old.tags
    OR new.without_tags <> old.without_tags OR new.least <> old.least OR new.needs_answer <> old.needs_answer
    OR new.is_private <> old.is_private OR new.has_trouble <> old.has_trouble
) BEGIN
    DELETE FROM view_filter WHERE uuid = old.uuid;
    INSERT INTO view_filter (
        uuid, statuses, channels, tags, tag_count, without_tags, least, needs_answer, is_private, has_trouble
    ) VALUES (
        new.uuid, new.statuses, new.channels, new.tags,
        max(length(new.tags) - length(replace(new.tags, ' ', '')) - 1, 0), new.without_tags, new.least,
        new.needs_answer, new.is_private, new.has_trouble
    );
END;
CREATE TRIGGER shared_view_update_search AFTER UPDATE OF search ON shared_view WHEN new.search <> '' BEGIN
    DELETE FROM view_filter WHERE uuid = old.uuid;
END;
CREATE TRIGGER shared_view_delete AFTER DELETE ON shared_view BEGIN
    DELETE FROM view_filter WHERE uuid = old.uuid;
END;

CREATE TRIGGER own_view_insert AFTER INSERT ON own_view WHEN new.search = '' BEGIN
    INSERT INTO view_filter (
        uuid, statuses, channels, tags, tag_count, without_tags, least, needs_answer, is_private, has_trouble
    ) VALUES (
        new.uuid, new.statuses, new.channels, new.tags,
        max(length(new.tags) - length(replace(new.tags, ' ', '')) - 1, 0), new.without_tags, new.least,
        new.needs_answer, new.is_private, new.has_trouble
    );
END;
CREATE TRIGGER own_view_update AFTER UPDATE ON own_view
WHEN new.search = '' AND (
    old.search <> '' OR new.statuses <> old.statuses OR new.channels <> old.channels OR new.tags <> old.tags
    OR new.without_tags <> old.without_tags OR new.least <> old.least OR new.needs_answer <> old.needs_answer
    OR new.is_private <> old.is_private OR new.has_trouble <> old.has_trouble
) BEGIN
    DELETE FROM view_filter WHERE uuid = old.uuid;
    INSERT INTO view_filter (
        uuid, statuses, channels, tags, tag_count, without_tags, least, needs_answer, is_private, has_trouble
    ) VALUES (
        new.uuid, new.statuses, new.channels, new.tags,
        max(length(new.tags) - length(replace(new.tags, ' ', '')) - 1, 0), new.without_tags, new.least,
        new.needs_answer, new.is_private, new.has_trouble
    );
END;
CREATE TRIGGER own_view_update_search AFTER UPDATE OF search ON own_view WHEN new.search <> '' BEGIN
    DELETE FROM view_filter WHERE uuid = old.uuid;
END;
CREATE TRIGGER own_view_delete AFTER DELETE ON own_view BEGIN
    DELETE FROM view_filter WHERE uuid = old.uuid;
END;

-- Which conversations fit a view by all but their tags. wanted, unwanted: how many of its tags they have.
CREATE VIEW view_fit (view, counted_to, tags, tag_count, without_tags, conversation, owner, wanted, unwanted) AS
SELECT v.id, v.counted_to, v.tags, v.tag_count, v.without_tags, c.id, coalesce(c.assignee, 0),
    (SELECT count(*) FROM conversation_tag AS t WHERE t.conversation = c.id AND instr(v.tags, ' ' || t.tag || ' ') > 0),
    (SELECT count(*) FROM conversation_tag AS t
        WHERE t.conversation = c.id AND instr(v.without_tags, ' ' || t.tag || ' ') > 0)
FROM conversation AS c CROSS JOIN view_filter AS v
WHERE (v.statuses >> c.status) & 1 AND c.priority >= v.least AND c.needs_answer >= v.needs_answer
    AND c.is_private >= v.is_private AND (c.trouble > 0) >= v.has_trouble
    AND (v.channels = '' OR instr(v.channels, ' ' || c.channel || ' ') > 0);

CREATE TRIGGER view_count_insert AFTER INSERT ON conversation BEGIN
    INSERT INTO view_count (view, owner, n)
    SELECT view, owner, 1 FROM view_fit
    WHERE conversation = new.id AND conversation <= counted_to AND wanted = tag_count AND unwanted = 0
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER view_count_before
BEFORE UPDATE OF status, assignee, priority, needs_answer, is_private, trouble ON conversation
WHEN new.status <> old.status OR new.assignee IS NOT old.assignee OR new.priority <> old.priority
    OR new.needs_answer <> old.needs_answer OR new.is_private <> old.is_private
    OR (new.trouble > 0) <> (old.trouble > 0) BEGIN
    UPDATE view_count SET n = n - 1 WHERE (view, owner) IN (
        SELECT view, owner FROM view_fit
        WHERE conversation = old.id AND conversation <= counted_to AND wanted = tag_count AND unwanted = 0
    );
END;
CREATE TRIGGER view_count_after
AFTER UPDATE OF status, assignee, priority, needs_answer, is_private, trouble ON conversation
WHEN new.status <> old.status OR new.assignee IS NOT old.assignee OR new.priority <> old.priority
    OR new.needs_answer <> old.needs_answer OR new.is_private <> old.is_private
    OR (new.trouble > 0) <> (old.trouble > 0) BEGIN
    INSERT INTO view_count (view, owner, n)
    SELECT view, owner, 1 FROM view_fit
    WHERE conversation = new.id AND conversation <= counted_to AND wanted = tag_count AND unwanted = 0
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER view_count_delete BEFORE DELETE ON conversation BEGIN
    UPDATE view_count SET n = n - 1 WHERE (view, owner) IN (
        SELECT view, owner FROM view_fit
        WHERE conversation = old.id AND conversation <= counted_to AND wanted = tag_count AND unwanted = 0
    );
END;

CREATE TRIGGER view_count_tagged AFTER INSERT ON conversation_tag BEGIN
    INSERT INTO view_count (view, owner, n)
    SELECT view, owner, 1 FROM view_fit
    WHERE conversation = new.conversation AND conversation <= counted_to
        AND instr(tags, ' ' || new.tag || ' ') > 0 AND wanted = tag_count AND unwanted = 0
    ON CONFLICT DO UPDATE SET n = n + 1;
    UPDATE view_count SET n = n - 1 WHERE (view, owner) IN (
        SELECT view, owner FROM view_fit
        WHERE conversation = new.conversation AND conversation <= counted_to
            AND instr(without_tags, ' ' || new.tag || ' ') > 0 AND wanted = tag_count AND unwanted = 1
    );
END;
CREATE TRIGGER view_count_untagged AFTER DELETE ON conversation_tag BEGIN
    UPDATE view_count SET n = n - 1 WHERE (view, owner) IN (
        SELECT view, owner FROM view_fit
        WHERE conversation = old.conversation AND conversation <= counted_to
            AND instr(tags, ' ' || old.tag || ' ') > 0 AND wanted = tag_count - 1 AND unwanted = 0
    );
    INSERT INTO view_count (view, owner, n)
    SELECT view, owner, 1 FROM view_fit
    WHERE conversation = old.conversation AND conversation <= counted_to
        AND instr(without_tags, ' ' || old.tag || ' ') > 0 AND wanted = tag_count AND unwanted = 0
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
