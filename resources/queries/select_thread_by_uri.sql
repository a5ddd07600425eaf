SELECT coalesce(alias_of, id) FROM thread WHERE channel = :channel AND uri = :uri;
