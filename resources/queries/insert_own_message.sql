INSERT INTO message (id, seq, created_seq, channel, conversation, kind, agent, uuid, uri, remote_id, url, parent_uri,
    sort_at, sent_at, arrived_at, text, content_warning, language, visibility)
VALUES (:id, :seq, :seq, :channel, :conversation, :kind, :agent, :uuid, '', '', '', :parent_uri,
    :at, :at, :at, :text, :content_warning, :language, :visibility);
