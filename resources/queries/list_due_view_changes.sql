-- What the count of a view does not know yet: those whose time to wake has come are open, and counted as snoozed.
-- Only a view of what needs an answer, which is open, has not counted them so.
SELECT CASE WHEN v.needs_answer THEN v.statuses & 1 ELSE v.statuses END, coalesce(c.assignee, 0),
    coalesce((SELECT a.id FROM agent AS a WHERE a.id = c.assignee AND a.on_duty AND NOT a.disabled), 0)
FROM conversation AS c INDEXED BY conversation_snoozed CROSS JOIN view_filter AS v ON v.uuid = :uuid
WHERE c.status = 2 AND c.snoozed_until <= :now AND c.priority >= v.least AND c.needs_answer >= v.needs_answer
    AND c.is_private >= v.is_private AND (c.trouble > 0) >= v.has_trouble
    AND (v.channels = '' OR instr(v.channels, ' ' || c.channel || ' ') > 0)
    AND (v.networks = ''
        OR instr(v.networks, ' ' || (SELECT n.network FROM channel AS n WHERE n.id = c.channel) || ' ') > 0)
    AND v.tag_count = (
        SELECT count(*) FROM conversation_tag AS t
        WHERE t.conversation = c.id AND instr(v.tags, ' ' || t.tag || ' ') > 0)
    AND NOT EXISTS (
        SELECT 1 FROM conversation_tag AS t
        WHERE t.conversation = c.id AND instr(v.without_tags, ' ' || t.tag || ' ') > 0);
