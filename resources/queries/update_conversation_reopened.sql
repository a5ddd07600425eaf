UPDATE conversation SET seq = :seq, status = 0, reason = 0, duplicate_of = NULL, snoozed_until = 0, status_seq = :seq,
    status_by = NULL,
    assignee = CASE WHEN (SELECT on_duty AND NOT disabled FROM agent WHERE agent.id = assignee) THEN assignee END
WHERE id = :id;
