-- scans channel: there are few
SELECT id FROM channel
WHERE instr(:networks, ' ' || network || ' ') > 0 AND (:channels = '' OR instr(:channels, ' ' || id || ' ') > 0)
ORDER BY id;
