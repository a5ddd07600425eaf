-- Whose it is changes only where its owner cannot take it on: then an assignment that did not know it is refused.
UPDATE conversation SET seq = :seq, status = 0, reason = 0, duplicate_of = NULL, snoozed_until = 0, status_seq = :seq,
    status_by = NULL, assignee = o.owner,
    assignee_seq = CASE WHEN assignee IS NOT o.owner THEN :seq ELSE assignee_seq END,
    assignee_by = CASE WHEN assignee IS NOT o.owner THEN NULL ELSE assignee_by END
FROM (
    SELECT v.id, (SELECT a.id FROM agent AS a WHERE a.id = v.assignee AND a.on_duty AND NOT a.disabled) AS owner
    FROM conversation AS v WHERE v.id = :id
) AS o
WHERE conversation.id = o.id;
