-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Only what is open needs an answer: a view of what does counted also what was resolved with the contact's word last.
DROP VIEW view_fit;

-- Which conversations fit a view by all but their tags. wanted, unwanted: how many of its tags they have.
CREATE VIEW view_fit (view, counted_to, tags, tag_count, without_tags, conversation, owner, wanted, unwanted) AS
SELECT v.id, v.counted_to, v.tags, v.tag_count, v.without_tags, c.id, coalesce(c.assignee, 0),
    (SELECT count(*) FROM conversation_tag AS t WHERE t.conversation = c.id AND instr(v.tags, ' ' || t.tag || ' ') > 0),
    (SELECT count(*) FROM conversation_tag AS t
        WHERE t.conversation = c.id AND instr(v.without_tags, ' ' || t.tag || ' ') > 0)
FROM conversation AS c CROSS JOIN view_filter AS v
WHERE (v.statuses >> c.status) & 1 AND c.priority >= v.least
    AND (v.needs_answer = 0 OR (c.needs_answer AND c.status = 0))
    AND c.is_private >= v.is_private AND (c.trouble > 0) >= v.has_trouble
    AND (v.channels = '' OR instr(v.channels, ' ' || c.channel || ' ') > 0);

-- The desk counts them anew.
DELETE FROM view_count WHERE view IN (SELECT id FROM view_filter WHERE needs_answer AND statuses <> 1);
UPDATE view_filter SET counted_to = 0 WHERE needs_answer AND statuses <> 1;
