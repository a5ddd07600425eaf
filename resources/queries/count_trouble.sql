-- scans conversation: the partial index of trouble only
SELECT count(*) FROM conversation INDEXED BY conversation_trouble WHERE trouble > 0;
