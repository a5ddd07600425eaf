DELETE FROM conversation
WHERE (channel = :channel AND thread = :thread AND identity = :identity AND ordinal = :ordinal AND id <> :id)
    OR (number = :number AND id <> :id);
