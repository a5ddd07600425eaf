-- sorts: at most the conversations of one tag
-- Snoozed until a past time is open, and its owner's only while the owner is on duty.
SELECT c.id, c.last_message_at AS at, c.thread, c.priority, c.waiting_since, c.followers
FROM conversation_tag AS w CROSS JOIN conversation AS c ON c.id = w.conversation
WHERE w.tag = :tag AND (c.last_message_at, c.id) < (:at, :id)
    AND (:statuses >> CASE WHEN c.status = 2 AND c.snoozed_until <= :now THEN 0 ELSE c.status END) & 1
    AND (:owner < 0
        OR CASE WHEN c.status = 2 AND c.snoozed_until <= :now
            THEN coalesce((SELECT a.id FROM agent AS a WHERE a.id = c.assignee AND a.on_duty AND NOT a.disabled), 0)
            ELSE coalesce(c.assignee, 0) END = :owner) AND c.priority >= :least AND c.needs_answer >= :needs_answer
    AND c.is_private >= :is_private AND (c.trouble > 0) >= :has_trouble
    AND (:channels = '' OR instr(:channels, ' ' || c.channel || ' ') > 0)
    AND (:waits_longer = 0 OR (c.waiting_since > 0 AND c.waiting_since < :now - :waits_longer))
    AND (:tag_count = 0 OR :tag_count = (
        SELECT count(*) FROM conversation_tag AS t
        WHERE t.conversation = c.id AND instr(:tags, ' ' || t.tag || ' ') > 0))
    AND (:without_tags = '' OR NOT EXISTS (
        SELECT 1 FROM conversation_tag AS t
        WHERE t.conversation = c.id AND instr(:without_tags, ' ' || t.tag || ' ') > 0))
ORDER BY at DESC, c.id DESC LIMIT :limit;
