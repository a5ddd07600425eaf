INSERT INTO conversation (seq, created_seq, channel, number, thread, identity, ordinal, contact, follows, subject, snippet,
    status, is_imported, is_private, created_at, last_message_at, public_seq)
SELECT :seq, :seq, :channel, :number, :thread, id, :ordinal, contact, :follows, :subject, '',
    :status, :is_imported, :is_private, :at, :at, :seq
FROM identity WHERE id = :identity;
