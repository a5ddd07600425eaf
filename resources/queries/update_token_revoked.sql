UPDATE token SET revoked_at = :at WHERE id = :id AND agent = :agent AND revoked_at = 0;
