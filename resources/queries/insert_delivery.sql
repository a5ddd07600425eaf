INSERT INTO delivery (id, seq, created_seq, channel, uuid, conversation, message, target, effect, state, agent, device, based_on,
    held_until, created_at, queued_at, then_resolve)
VALUES (:id, :seq, :seq, :channel, :uuid, :conversation, :message, :target, :effect, :state, :agent, :device, :based_on,
    :held_until, :created_at, :queued_at, :then_resolve);
