-- scans shared_view: of a slice, all of it
SELECT
    id, seq, created_seq, channel, uuid, name, position, statuses, owner, agent, channels, tags, without_tags,
    least, needs_answer, is_private, has_trouble, search, list_order, is_grouped
FROM shared_view ORDER BY id;
