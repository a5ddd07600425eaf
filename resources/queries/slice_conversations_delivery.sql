INSERT INTO slice.delivery SELECT x.* FROM slice.conversation AS c
CROSS JOIN main.delivery AS x ON x.conversation = c.id WHERE x.channel = :channel;
