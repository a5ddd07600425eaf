SELECT delivery.state, delivery.effect, delivery.held_until, delivery.queued_at, delivery.retry_at, delivery.based_on,
    delivery.device, conversation.public_seq, conversation.public_device, conversation.public_seq_other,
    channel.paused_by IS NOT NULL OR channel.removed_at <> 0
FROM delivery JOIN conversation ON conversation.id = delivery.conversation JOIN channel ON channel.id = delivery.channel
WHERE delivery.id = :id;
