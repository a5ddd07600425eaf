WITH RECURSIVE root (id, merged_into) AS (
    SELECT id, merged_into FROM contact WHERE id = (SELECT contact FROM conversation WHERE id = :id)
    UNION SELECT c.id, c.merged_into FROM root CROSS JOIN contact AS c ON c.id = root.merged_into
)
SELECT v.id, v.number, v.channel, n.network, v.thread, t.title, t.url, t.is_ours, v.identity,
    coalesce((SELECT id FROM root WHERE merged_into IS NULL), v.contact),
    CASE WHEN i.name <> '' THEN i.name ELSE i.handle END, i.handle, v.subject, v.snippet,
    CASE WHEN v.status = 2 AND v.snoozed_until <= :now THEN 0 ELSE v.status END, v.reason, v.duplicate_of,
    v.snoozed_until, a.id, coalesce(a.name, ''), v.priority, v.needs_answer, v.is_imported, v.is_private,
    v.newest_message > coalesce((SELECT s.message FROM seen AS s WHERE s.agent = :me AND s.conversation = v.id),
                   CASE WHEN v.is_imported THEN (1 << 40) - 1 ELSE 0 END),
    EXISTS (SELECT 1 FROM draft AS d WHERE d.agent = :me AND d.conversation = v.id
            AND (trim(d.text) <> '' OR d.media NOT IN ('', '[]') OR d.elsewhere > 0)),
    v.trouble, v.message_count, v.created_at, v.last_message_at, v.waiting_since, v.followers, v.seq,
    v.public_seq
FROM conversation AS v
CROSS JOIN channel AS n ON n.id = v.channel
CROSS JOIN thread AS t ON t.id = v.thread
CROSS JOIN identity AS i ON i.id = v.identity
LEFT JOIN agent AS a ON a.id = v.assignee AND (v.status <> 2 OR v.snoozed_until > :now OR (a.on_duty AND NOT a.disabled))
WHERE v.id = :id;
