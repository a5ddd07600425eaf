INSERT INTO conversation (
    id, seq, created_seq, channel, number, thread, identity, ordinal, contact, follows, subject, snippet,
    status, reason, duplicate_of, snoozed_until, assignee, team, priority, needs_answer, is_imported,
    is_private, trouble, message_count, created_at, last_message_at, waiting_since, newest_message, public_seq,
    public_device, public_seq_other, status_seq, status_by, assignee_seq, assignee_by, priority_seq,
    priority_by, followers
) VALUES (
    :id, :seq, :created_seq, :channel, :number, :thread, :identity, :ordinal, :contact, :follows, :subject,
    :snippet, :status, :reason, :duplicate_of, :snoozed_until, :assignee, :team, :priority, :needs_answer,
    :is_imported, :is_private, :trouble, :message_count, :created_at, :last_message_at, :waiting_since,
    :newest_message, :public_seq, :public_device, :public_seq_other, :status_seq, :status_by, :assignee_seq,
    :assignee_by, :priority_seq, :priority_by, :followers
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    number = excluded.number, thread = excluded.thread, identity = excluded.identity,
    ordinal = excluded.ordinal, contact = excluded.contact, follows = excluded.follows,
    subject = excluded.subject, snippet = excluded.snippet, status = excluded.status, reason = excluded.reason,
    duplicate_of = excluded.duplicate_of, snoozed_until = excluded.snoozed_until, assignee = excluded.assignee,
    team = excluded.team, priority = excluded.priority, needs_answer = excluded.needs_answer,
    is_imported = excluded.is_imported, is_private = excluded.is_private, trouble = excluded.trouble,
    message_count = excluded.message_count, created_at = excluded.created_at,
    last_message_at = excluded.last_message_at, waiting_since = excluded.waiting_since,
    newest_message = excluded.newest_message, public_seq = excluded.public_seq,
    public_device = excluded.public_device, public_seq_other = excluded.public_seq_other,
    status_seq = excluded.status_seq, status_by = excluded.status_by, assignee_seq = excluded.assignee_seq,
    assignee_by = excluded.assignee_by, priority_seq = excluded.priority_seq,
    priority_by = excluded.priority_by, followers = excluded.followers
WHERE excluded.seq > conversation.seq - :again;
