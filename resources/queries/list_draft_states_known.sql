-- scans draft_state: what one has begun to write is little
SELECT conversation, mode, max(version, incoming_version) FROM draft_state
WHERE max(version, incoming_version) <= :most ORDER BY conversation, mode;
