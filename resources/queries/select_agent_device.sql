-- scans: the few devices of a workspace
SELECT uuid, last_action FROM device WHERE agent = :agent ORDER BY id LIMIT 1;
