SELECT id, channel FROM media WHERE message = :message;
