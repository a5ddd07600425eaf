-- scans draft_state: what one has begun to write is little
SELECT conversation, mode FROM draft WHERE agent = :me UNION SELECT conversation, mode FROM draft_state;
