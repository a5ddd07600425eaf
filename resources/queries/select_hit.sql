SELECT v.id, m.sort_at, m.content_warning, m.text
FROM message AS m
CROSS JOIN conversation AS v ON v.id = coalesce(
    m.conversation, (SELECT max(o.id) FROM conversation AS o WHERE o.thread = m.thread))
WHERE m.id = :id
    AND (:from = 0 OR m.sort_at >= :from) AND (:until = 0 OR m.sort_at < :until)
    AND (:status IS NULL OR :status = CASE WHEN v.status = 2 AND v.snoozed_until <= :now THEN 0 ELSE v.status END)
    AND (:assignee IS NULL OR coalesce(v.assignee, 0) = :assignee)
    AND (:private = 0 OR v.is_private = 1 OR m.visibility = 3)
    AND (:trouble = 0 OR v.trouble > 0)
    AND (:priority IS NULL OR v.priority = :priority)
    AND (:drafter IS NULL
        OR EXISTS (SELECT 1 FROM draft AS d WHERE d.agent = :drafter AND d.conversation = v.id
            AND (trim(d.text) <> '' OR d.media NOT IN ('', '[]') OR d.elsewhere > 0))
        OR EXISTS (SELECT 1 FROM told_draft AS t
            WHERE t.agent = :drafter AND t.conversation = v.id AND t.body <> ''))
    AND (:unseen_by IS NULL
        OR v.newest_message > coalesce((SELECT s.message FROM seen AS s
            WHERE s.agent = :unseen_by AND s.conversation = v.id), CASE WHEN v.is_imported THEN (1 << 40) - 1 ELSE 0 END)
        OR EXISTS (SELECT 1 FROM note_mention AS n CROSS JOIN message AS o ON o.id = n.message
            WHERE n.agent = :unseen_by AND n.conversation = v.id AND o.agent IS NOT :unseen_by
                AND n.message > coalesce((SELECT s.message FROM seen AS s
                    WHERE s.agent = :unseen_by AND s.conversation = v.id), 0)))
    AND (:new_only = 0
        OR (m.agent IS NOT :unseen_by AND m.id > coalesce((SELECT s.message FROM seen AS s
            WHERE s.agent = :unseen_by AND s.conversation = v.id), CASE WHEN v.is_imported THEN (1 << 40) - 1 ELSE 0 END)))
    AND (:once = 0 OR m.id = (SELECT o.id FROM message AS o WHERE o.conversation = v.id ORDER BY o.sort_at DESC LIMIT 1))
    AND (:tag IS NULL OR EXISTS (SELECT 1 FROM conversation_tag AS t WHERE t.conversation = v.id AND t.tag = :tag));
