SELECT id, channel FROM message_version WHERE message = :message;
