-- Another agent's view that has the same uuid is left alone.
INSERT INTO own_view (
    uuid, of_agent, name, position, statuses, owner, agent, channels, tags, without_tags, least, needs_answer, is_private,
    has_trouble, search, list_order, is_grouped, networks, waits_longer, version
) VALUES (
    :uuid, :of_agent, :name, :position, :statuses, :owner, :agent, :channels, :tags, :without_tags, :least,
    :needs_answer, :is_private, :has_trouble, :search, :list_order, :is_grouped, :networks,
    :waits_longer, :version
) ON CONFLICT (uuid) DO UPDATE SET name = excluded.name, position = excluded.position, statuses = excluded.statuses,
    owner = excluded.owner, agent = excluded.agent, channels = excluded.channels, tags = excluded.tags,
    without_tags = excluded.without_tags, least = excluded.least, needs_answer = excluded.needs_answer,
    is_private = excluded.is_private, has_trouble = excluded.has_trouble, search = excluded.search,
    list_order = excluded.list_order, is_grouped = excluded.is_grouped,
    networks = excluded.networks, waits_longer = excluded.waits_longer, version = excluded.version
WHERE of_agent = excluded.of_agent;
