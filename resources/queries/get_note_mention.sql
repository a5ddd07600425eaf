SELECT * FROM note_mention WHERE id = :id;
