UPDATE token SET erased_at = :at WHERE id = :id AND erase_asked_at > 0 AND erased_at = 0;
