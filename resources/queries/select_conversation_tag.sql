SELECT id, channel FROM conversation_tag WHERE conversation = :conversation AND tag = :tag;
