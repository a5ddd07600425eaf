-- scans identity: the first plan of the slices, once in a server's life
SELECT channel, id, 0 FROM identity ORDER BY id;
