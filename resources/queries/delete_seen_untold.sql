DELETE FROM seen_untold WHERE conversation = :conversation;
