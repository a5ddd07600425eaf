-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Own views have what shared_view got, and views of networks are counted. What waits longer than some time changes by
-- the clock alone, and no row tells: such a view has no count, as a saved search has none.
ALTER TABLE own_view ADD COLUMN networks TEXT NOT NULL DEFAULT '';
ALTER TABLE own_view ADD COLUMN waits_longer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE view_filter ADD COLUMN networks TEXT NOT NULL DEFAULT '';

DROP TRIGGER shared_view_insert;
CREATE TRIGGER shared_view_insert AFTER INSERT ON shared_view WHEN new.search = '' AND new.waits_longer = 0 BEGIN
    INSERT INTO view_filter (
        uuid, statuses, channels, networks, tags, tag_count, without_tags, least, needs_answer, is_private, has_trouble
    ) VALUES (
        new.uuid, new.statuses, new.channels, new.networks, new.tags,
        max(length(new.tags) - length(replace(new.tags, ' ', '')) - 1, 0), new.without_tags, new.least,
        new.needs_answer, new.is_private, new.has_trouble
    );
END;
DROP TRIGGER shared_view_update;
CREATE TRIGGER shared_view_update AFTER UPDATE ON shared_view
WHEN new.search = '' AND new.waits_longer = 0 AND (
    old.search <> '' OR old.waits_longer <> 0 OR new.statuses <> old.statuses OR new.channels <> old.channels
    OR new.networks <> old.networks OR new.tags <> old.tags OR new.without_tags <> old.without_tags
    OR new.least <> old.least OR new.needs_answer <> old.needs_answer OR new.is_private <> old.is_private
    OR new.has_trouble <> old.has_trouble
) BEGIN
    DELETE FROM view_filter WHERE uuid = old.uuid;
    INSERT INTO view_filter (
        uuid, statuses, channels, networks, tags, tag_count, without_tags, least, needs_answer, is_private, has_trouble
    ) VALUES (
        new.uuid, new.statuses, new.channels, new.networks, new.tags,
        max(length(new.tags) - length(replace(new.tags, ' ', '')) - 1, 0), new.without_tags, new.least,
        new.needs_answer, new.is_private, new.has_trouble
    );
END;
DROP TRIGGER shared_view_update_search;
CREATE TRIGGER shared_view_update_uncounted AFTER UPDATE OF search, waits_longer ON shared_view
WHEN new.search <> '' OR new.waits_longer <> 0 BEGIN
    DELETE FROM view_filter WHERE uuid = old.uuid;
END;

DROP TRIGGER own_view_insert;
CREATE TRIGGER own_view_insert AFTER INSERT ON own_view WHEN new.search = '' AND new.waits_longer = 0 BEGIN
    INSERT INTO view_filter (
        uuid, statuses, channels, networks, tags, tag_count, without_tags, least, needs_answer, is_private, has_trouble
    ) VALUES (
        new.uuid, new.statuses, new.channels, new.networks, new.tags,
        max(length(new.tags) - length(replace(new.tags, ' ', '')) - 1, 0), new.without_tags, new.least,
        new.needs_answer, new.is_private, new.has_trouble
    );
END;
DROP TRIGGER own_view_update;
CREATE TRIGGER own_view_update AFTER UPDATE ON own_view
WHEN new.search = '' AND new.waits_longer = 0 AND (
    old.search <> '' OR old.waits_longer <> 0 OR new.statuses <> old.statuses OR new.channels <> old.channels
    OR new.networks <> old.networks OR new.tags <> old.tags OR new.without_tags <> old.without_tags
    OR new.least <> old.least OR new.needs_answer <> old.needs_answer OR new.is_private <> old.is_private
    OR new.has_trouble <> old.has_trouble
) BEGIN
    DELETE FROM view_filter WHERE uuid = old.uuid;
    INSERT INTO view_filter (
        uuid, statuses, channels, networks, tags, tag_count, without_tags, least, needs_answer, is_private, has_trouble
    ) VALUES (
        new.uuid, new.statuses, new.channels, new.networks, new.tags,
        max(length(new.tags) - length(replace(new.tags, ' ', '')) - 1, 0), new.without_tags, new.least,
        new.needs_answer, new.is_private, new.has_trouble
    );
END;
DROP TRIGGER own_view_update_search;
CREATE TRIGGER own_view_update_uncounted AFTER UPDATE OF search, waits_longer ON own_view
WHEN new.search <> '' OR new.waits_longer <> 0 BEGIN
    DELETE FROM view_filter WHERE uuid = old.uuid;
END;

-- Which conversations fit a view by all but their tags. wanted, unwanted: how many of its tags they have.
DROP VIEW view_fit;
CREATE VIEW view_fit (view, counted_to, tags, tag_count, without_tags, conversation, owner, wanted, unwanted) AS
SELECT v.id, v.counted_to, v.tags, v.tag_count, v.without_tags, c.id, coalesce(c.assignee, 0),
    (SELECT count(*) FROM conversation_tag AS t WHERE t.conversation = c.id AND instr(v.tags, ' ' || t.tag || ' ') > 0),
    (SELECT count(*) FROM conversation_tag AS t
        WHERE t.conversation = c.id AND instr(v.without_tags, ' ' || t.tag || ' ') > 0)
FROM conversation AS c CROSS JOIN view_filter AS v
WHERE (v.statuses >> c.status) & 1 AND c.priority >= v.least
    AND (v.needs_answer = 0 OR (c.needs_answer AND c.status = 0))
    AND c.is_private >= v.is_private AND (c.trouble > 0) >= v.has_trouble
    AND (v.channels = '' OR instr(v.channels, ' ' || c.channel || ' ') > 0)
    AND (v.networks = ''
        OR instr(v.networks, ' ' || (SELECT n.network FROM channel AS n WHERE n.id = c.channel) || ' ') > 0);

-- A channel's network does not change. But in a replica a channel may come after its conversations, or go before them:
-- then views of networks are counted anew.
CREATE TRIGGER view_filter_channel_insert AFTER INSERT ON channel
WHEN EXISTS (SELECT 1 FROM conversation WHERE channel = new.id) BEGIN
    DELETE FROM view_count WHERE view IN (SELECT id FROM view_filter WHERE networks <> '');
    UPDATE view_filter SET counted_to = 0 WHERE networks <> '';
END;
CREATE TRIGGER view_filter_channel_update AFTER UPDATE OF network ON channel WHEN new.network <> old.network BEGIN
    DELETE FROM view_count WHERE view IN (SELECT id FROM view_filter WHERE networks <> '');
    UPDATE view_filter SET counted_to = 0 WHERE networks <> '';
END;
CREATE TRIGGER view_filter_channel_delete AFTER DELETE ON channel
WHEN EXISTS (SELECT 1 FROM conversation WHERE channel = old.id) BEGIN
    DELETE FROM view_count WHERE view IN (SELECT id FROM view_filter WHERE networks <> '');
    UPDATE view_filter SET counted_to = 0 WHERE networks <> '';
END;
