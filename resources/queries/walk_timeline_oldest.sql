SELECT id, channel, kind, coalesce(conversation, 0), sort_at FROM message
WHERE conversation = :conversation AND (sort_at, id) > (:at, :id)
ORDER BY sort_at, id;
