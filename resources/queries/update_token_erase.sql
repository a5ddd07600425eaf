UPDATE token SET erase_asked_at = :at, revoked_at = CASE WHEN revoked_at = 0 THEN :at ELSE revoked_at END
WHERE id = :id AND agent = :agent AND erase_asked_at = 0;
