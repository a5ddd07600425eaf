CREATE TABLE slice.conversation (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, number, thread, identity, ordinal, contact, follows,
    subject, snippet, status, reason, duplicate_of, snoozed_until, assignee, team, priority, needs_answer,
    is_imported, is_private, trouble, message_count, created_at, last_message_at, waiting_since,
    newest_message, public_seq, public_device, public_seq_other, status_seq, status_by, assignee_seq,
    assignee_by, priority_seq, priority_by, followers
);
