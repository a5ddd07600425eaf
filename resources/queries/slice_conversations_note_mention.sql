INSERT INTO slice.note_mention SELECT x.* FROM slice.message AS s
CROSS JOIN main.note_mention AS x ON x.message = s.id WHERE x.channel = :channel;
