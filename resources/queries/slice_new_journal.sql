INSERT OR FAIL INTO journal (
    id, seq, created_seq, channel, action, at, agent, device, device_number, kind, conversation, message,
    before, after
) SELECT
    id, seq, created_seq, channel, action, at, agent, device, device_number, kind, conversation, message,
    before, after
FROM given(:rows);
