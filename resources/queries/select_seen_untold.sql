SELECT was FROM seen_untold WHERE conversation = :conversation;
