INSERT INTO shared_view (
    id, seq, created_seq, channel, uuid, name, position, statuses, owner, agent, channels, tags, without_tags,
    least, needs_answer, is_private, has_trouble, search, list_order, is_grouped, networks, waits_longer
) VALUES (
    :id, :seq, :created_seq, :channel, :uuid, :name, :position, :statuses, :owner, :agent, :channels, :tags,
    :without_tags, :least, :needs_answer, :is_private, :has_trouble, :search, :list_order, :is_grouped,
    :networks, :waits_longer
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uuid = excluded.uuid,
    name = excluded.name, position = excluded.position, statuses = excluded.statuses, owner = excluded.owner,
    agent = excluded.agent, channels = excluded.channels, tags = excluded.tags,
    without_tags = excluded.without_tags, least = excluded.least, needs_answer = excluded.needs_answer,
    is_private = excluded.is_private, has_trouble = excluded.has_trouble, search = excluded.search,
    list_order = excluded.list_order, is_grouped = excluded.is_grouped, networks = excluded.networks,
    waits_longer = excluded.waits_longer
WHERE excluded.seq > shared_view.seq - :again;
