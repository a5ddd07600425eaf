SELECT m.text FROM message AS m CROSS JOIN note_mention AS n ON n.message = m.id AND n.agent = :agent
WHERE m.uuid = :uuid AND m.kind = :kind;
