UPDATE conversation SET seq = :seq, status = 0, reason = 0, duplicate_of = NULL, snoozed_until = 0, status_seq = :seq,
    status_by = NULL, assignee = coalesce(:agent, assignee),
    assignee_seq = CASE WHEN assignee IS NOT coalesce(:agent, assignee) THEN :seq ELSE assignee_seq END,
    assignee_by = CASE WHEN assignee IS NOT coalesce(:agent, assignee) THEN NULL ELSE assignee_by END
WHERE id = :id;
