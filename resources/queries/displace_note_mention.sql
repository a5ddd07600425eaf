DELETE FROM note_mention
WHERE (message = :message AND agent = :agent AND id <> :id);
