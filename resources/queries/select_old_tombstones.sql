SELECT coalesce(max(seq), 0) FROM tombstone WHERE at < :limit;
