UPDATE conversation SET
    seq = :seq, created_seq = :created_seq, follows = :follows, subject = :subject, snippet = :snippet,
    reason = :reason, team = :team, is_imported = :is_imported, message_count = :message_count,
    created_at = :created_at, newest_message = :newest_message, public_seq = :public_seq,
    public_device = :public_device, public_seq_other = :public_seq_other, status_seq = :status_seq,
    status_by = :status_by, assignee_seq = :assignee_seq, assignee_by = :assignee_by,
    priority_seq = :priority_seq, priority_by = :priority_by, followers = :followers
WHERE id = :id AND channel IS :channel
    AND number IS :number
    AND thread IS :thread
    AND identity IS :identity
    AND ordinal IS :ordinal
    AND contact IS :contact
    AND status IS :status
    AND duplicate_of IS :duplicate_of
    AND snoozed_until IS :snoozed_until
    AND assignee IS :assignee
    AND priority IS :priority
    AND needs_answer IS :needs_answer
    AND is_private IS :is_private
    AND trouble IS :trouble
    AND last_message_at IS :last_message_at
    AND waiting_since IS :waiting_since;
