-- sorts: at most the snoozed conversations that are due; the others come in the order of their index
-- Snoozed until a past time is open, and its owner's only while the owner is on duty.
SELECT id, at, thread, priority, waiting_since, followers FROM (
    SELECT id, last_message_at AS at, thread, priority, waiting_since, followers, coalesce(assignee, 0) AS owner, needs_answer, is_private,
        trouble, channel
    FROM conversation INDEXED BY conversation_status
    WHERE status = 0 AND (:statuses & 1) AND (last_message_at, id) < (:at, :id)
    UNION ALL
    SELECT id, last_message_at AS at, thread, priority, waiting_since, followers, coalesce((SELECT a.id FROM agent AS a WHERE a.id = assignee AND a.on_duty AND NOT a.disabled), 0)
        AS owner, needs_answer, is_private,
        trouble, channel
    FROM conversation INDEXED BY conversation_snoozed
    WHERE status = 2 AND snoozed_until <= :now AND (:statuses & 1) AND (last_message_at, id) < (:at, :id)
    UNION ALL
    SELECT id, last_message_at AS at, thread, priority, waiting_since, followers, coalesce(assignee, 0) AS owner, needs_answer, is_private,
        trouble, channel
    FROM conversation INDEXED BY conversation_status
    WHERE status = 1 AND (:statuses & 2) AND (last_message_at, id) < (:at, :id)
    UNION ALL
    SELECT id, last_message_at AS at, thread, priority, waiting_since, followers, coalesce(assignee, 0) AS owner, needs_answer, is_private,
        trouble, channel
    FROM conversation INDEXED BY conversation_status
    WHERE status = 2 AND snoozed_until > :now AND (:statuses & 4) AND (last_message_at, id) < (:at, :id)
    UNION ALL
    SELECT id, last_message_at AS at, thread, priority, waiting_since, followers, coalesce(assignee, 0) AS owner, needs_answer, is_private,
        trouble, channel
    FROM conversation INDEXED BY conversation_status
    WHERE status = 3 AND (:statuses & 8) AND (last_message_at, id) < (:at, :id)
) AS c
WHERE TRUE
    AND (:owner < 0 OR owner = :owner) AND priority >= :least AND needs_answer >= :needs_answer
    AND is_private >= :is_private AND (trouble > 0) >= :has_trouble
    AND (:channels = '' OR instr(:channels, ' ' || channel || ' ') > 0)
    AND (:waits_longer = 0 OR (waiting_since > 0 AND waiting_since < :now - :waits_longer))
    AND (:tag_count = 0 OR :tag_count = (
        SELECT count(*) FROM conversation_tag AS t
        WHERE t.conversation = c.id AND instr(:tags, ' ' || t.tag || ' ') > 0))
    AND (:without_tags = '' OR NOT EXISTS (
        SELECT 1 FROM conversation_tag AS t
        WHERE t.conversation = c.id AND instr(:without_tags, ' ' || t.tag || ' ') > 0))
ORDER BY at DESC, id DESC LIMIT :limit;
