INSERT INTO delivery (
    id, seq, created_seq, channel, uuid, conversation, message, target, effect, state, agent, device, based_on,
    held_until, created_at, queued_at, then_resolve, failure, failure_detail, retry_at, attempts, digest,
    left_out
) VALUES (
    :id, :seq, :created_seq, :channel, :uuid, :conversation, :message, :target, :effect, :state, :agent,
    :device, :based_on, :held_until, :created_at, :queued_at, :then_resolve, :failure, :failure_detail,
    :retry_at, :attempts, :digest, :left_out
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uuid = excluded.uuid,
    conversation = excluded.conversation, message = excluded.message, target = excluded.target,
    effect = excluded.effect, state = excluded.state, agent = excluded.agent, device = excluded.device,
    based_on = excluded.based_on, held_until = excluded.held_until, created_at = excluded.created_at,
    queued_at = excluded.queued_at, then_resolve = excluded.then_resolve, failure = excluded.failure,
    failure_detail = excluded.failure_detail, retry_at = excluded.retry_at, attempts = excluded.attempts,
    digest = excluded.digest, left_out = excluded.left_out
WHERE excluded.seq > delivery.seq - :again;
