INSERT INTO slice.message SELECT m.* FROM slice.conversation AS c
CROSS JOIN main.message AS m ON m.conversation = c.id WHERE m.channel = :channel;
