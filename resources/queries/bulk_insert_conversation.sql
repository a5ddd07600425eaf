INSERT INTO conversation (id, seq, created_seq, channel, number, thread, identity, contact, subject, snippet, status, reason,
    snoozed_until, assignee, priority, needs_answer, message_count, created_at, last_message_at, waiting_since,
    newest_message, followers, public_seq)
VALUES (:id, :seq, :seq, :channel, :id, :id, :identity, :identity, :subject, :snippet, :status, :reason, :snoozed_until,
    :assignee, :priority, :needs_answer, :message_count, :created_at, :last_message_at, :waiting_since, :newest_message, :followers,
    :seq);
