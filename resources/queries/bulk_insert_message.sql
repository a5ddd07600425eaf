INSERT INTO message (id, seq, created_seq, channel, conversation, kind, identity, agent, uri_key, uri, remote_id, url,
    parent_uri, sort_at, sent_at, arrived_at, edited_at, text)
VALUES (:id, :seq, :seq, :channel, :conversation, :kind, :identity, :agent, :uri_key, :uri, '', '', '', :at, :at, :at,
    :edited_at, :text);
