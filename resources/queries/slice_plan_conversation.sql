-- scans conversation: the first plan of the slices, once in a server's life
SELECT channel, id, last_message_at FROM conversation ORDER BY id;
