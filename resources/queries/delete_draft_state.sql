DELETE FROM draft_state WHERE conversation = :conversation AND mode = :mode;
