UPDATE message SET seq = :seq, presence = :presence, moderation = :moderation WHERE id = :id;
