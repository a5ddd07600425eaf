SELECT id, channel FROM journal WHERE conversation = :conversation AND message = :message AND action IS NULL;
