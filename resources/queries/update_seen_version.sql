UPDATE seen SET version = :version WHERE agent = :agent AND conversation = :conversation;
