SELECT coalesce(max(id), 0) FROM message WHERE conversation = :conversation AND id < 4611686018427387904;
