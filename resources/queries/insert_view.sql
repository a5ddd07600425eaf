INSERT INTO shared_view (
    id, seq, created_seq, uuid, name, position, statuses, owner, agent, channels, tags, without_tags, least, needs_answer,
    is_private, has_trouble, search, list_order, is_grouped, networks, waits_longer
) VALUES (
    :id, :seq, :seq, :uuid, :name, (SELECT coalesce(max(position), 0) + 1 FROM shared_view), :statuses, :owner, :agent,
    :channels, :tags, :without_tags, :least, :needs_answer, :is_private, :has_trouble, :search, :list_order, :is_grouped,
    :networks, :waits_longer
);
