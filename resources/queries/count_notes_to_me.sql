SELECT count(DISTINCT conversation) FROM note_mention WHERE agent = :me;
