UPDATE conversation SET seq = :seq, status = 0, reason = 0, duplicate_of = NULL, snoozed_until = 0, status_seq = :seq,
    status_by = NULL, assignee = coalesce(:agent, assignee)
WHERE id = :id;
