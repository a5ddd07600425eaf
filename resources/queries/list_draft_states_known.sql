-- scans draft_state: what one has begun to write is little
SELECT conversation, mode FROM draft_state
WHERE max(version, incoming_version) <= :most ORDER BY conversation, mode;
