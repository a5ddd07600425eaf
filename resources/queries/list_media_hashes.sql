-- scans media: nothing of it is to be missed
SELECT DISTINCT hash FROM media WHERE hash <> '';
