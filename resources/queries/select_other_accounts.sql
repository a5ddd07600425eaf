SELECT lower(other.account_handle) FROM channel CROSS JOIN channel AS other
WHERE channel.id = :channel AND other.id <> channel.id AND other.network = channel.network
    AND other.removed_at = 0 AND other.account_handle LIKE '@%@%';
