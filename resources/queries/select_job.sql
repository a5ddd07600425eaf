SELECT delivery.id, delivery.uuid, delivery.conversation, delivery.channel, delivery.message, delivery.target,
    delivery.effect, delivery.state, delivery.failure, delivery.queued_at, delivery.attempts, message.text,
    message.content_warning, message.language, message.visibility, message.remote_id, message.uri
FROM delivery JOIN message ON message.id = delivery.message
WHERE delivery.id = :id;
