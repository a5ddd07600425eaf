INSERT INTO slice.message_version SELECT x.* FROM slice.message AS s
CROSS JOIN main.message_version AS x ON x.message = s.id WHERE x.channel = :channel;
