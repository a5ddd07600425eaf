SELECT id, channel, status, reason, duplicate_of,
    (SELECT d.channel FROM conversation AS d WHERE d.id = conversation.duplicate_of),
    snoozed_until, assignee, priority, is_private, needs_answer, seq,
    public_seq, public_device, public_seq_other, status_seq, status_by, assignee_seq, assignee_by, priority_seq, priority_by
FROM conversation WHERE id = :id;
