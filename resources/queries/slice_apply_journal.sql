INSERT INTO journal (
    id, seq, created_seq, channel, action, at, agent, device, device_number, kind, conversation, message,
    before, after
) VALUES (
    :id, :seq, :created_seq, :channel, :action, :at, :agent, :device, :device_number, :kind, :conversation,
    :message, :before, :after
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    action = excluded.action, at = excluded.at, agent = excluded.agent, device = excluded.device,
    device_number = excluded.device_number, kind = excluded.kind, conversation = excluded.conversation,
    message = excluded.message, before = excluded.before, after = excluded.after
WHERE excluded.seq > journal.seq - :again;
