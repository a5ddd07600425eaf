-- scans contact: the first plan of the slices, once in a server's life
SELECT coalesce(channel, 0), id, 0 FROM contact ORDER BY id;
