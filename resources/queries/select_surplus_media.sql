SELECT id, channel FROM media WHERE message = :message AND position >= :count;
