SELECT NULL, uuid, name, position, statuses, owner, agent, channels, tags, without_tags, least, needs_answer, is_private,
    has_trouble, search, list_order, is_grouped, networks, waits_longer
FROM own_view WHERE of_agent = :me ORDER BY position, uuid;
