UPDATE shared_view SET seq = :seq, name = :name, statuses = :statuses, owner = :owner, agent = :agent,
    channels = :channels, tags = :tags, without_tags = :without_tags, least = :least, needs_answer = :needs_answer,
    is_private = :is_private, has_trouble = :has_trouble, search = :search, list_order = :list_order,
    is_grouped = :is_grouped, networks = :networks, waits_longer = :waits_longer
WHERE id = :id;
