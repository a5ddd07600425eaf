DELETE FROM note_mention WHERE id = :id;
