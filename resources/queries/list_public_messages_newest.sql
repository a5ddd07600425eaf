-- What was said between the contact and us, the newest first: deleted or not, but no reply that was taken back.
SELECT kind, sort_at, presence, text FROM message
WHERE conversation = :conversation AND kind IN (0, 1) AND NOT EXISTS (
    SELECT 1 FROM delivery WHERE delivery.message = message.id AND delivery.effect = 0 AND delivery.state = 9
)
ORDER BY sort_at DESC, id DESC;
