-- scans contact: the first plan of the slices, once in a server's life
SELECT 0, id, 0 FROM contact ORDER BY id;
