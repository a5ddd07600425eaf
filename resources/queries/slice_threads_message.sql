INSERT INTO slice.message SELECT m.* FROM slice.thread AS t
CROSS JOIN main.message AS m ON m.thread = t.id WHERE m.conversation IS NULL AND m.channel = :channel;
