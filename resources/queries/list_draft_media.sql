-- scans draft: what one has begun to write is little
SELECT media FROM draft WHERE media <> '';
