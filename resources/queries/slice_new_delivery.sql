INSERT OR FAIL INTO delivery (
    id, seq, created_seq, channel, uuid, conversation, message, target, effect, state, agent, device, based_on,
    held_until, created_at, queued_at, then_resolve, failure, failure_detail, retry_at, attempts, digest,
    left_out
) SELECT
    id, seq, created_seq, channel, uuid, conversation, message, target, effect, state, agent, device, based_on,
    held_until, created_at, queued_at, then_resolve, failure, failure_detail, retry_at, attempts, digest,
    left_out
FROM given(:rows);
