CREATE TABLE slice.shared_view (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, uuid, name, position, statuses, owner, agent, channels,
    tags, without_tags, least, needs_answer, is_private, has_trouble, search, list_order, is_grouped, networks,
    waits_longer
);
