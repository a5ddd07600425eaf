UPDATE seen_untold SET was = :was WHERE conversation = :conversation;
