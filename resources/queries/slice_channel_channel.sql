INSERT INTO slice.channel SELECT * FROM main.channel WHERE id = :channel;
