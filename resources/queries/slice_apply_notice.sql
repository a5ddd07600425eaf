INSERT INTO notice (
    id, seq, created_seq, channel, uuid, agent, at, until, text, tag, shared_view, list
) VALUES (
    :id, :seq, :created_seq, :channel, :uuid, :agent, :at, :until, :text, :tag, :shared_view, :list
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uuid = excluded.uuid,
    agent = excluded.agent, at = excluded.at, until = excluded.until, text = excluded.text, tag = excluded.tag,
    shared_view = excluded.shared_view, list = excluded.list
WHERE excluded.seq > notice.seq - :again;
