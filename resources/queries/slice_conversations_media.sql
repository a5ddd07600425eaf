INSERT INTO slice.media SELECT x.* FROM slice.message AS s
CROSS JOIN main.media AS x ON x.message = s.id WHERE x.channel = :channel;
