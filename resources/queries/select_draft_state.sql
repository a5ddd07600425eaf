SELECT version, known, incoming_version, incoming, said FROM draft_state WHERE conversation = :conversation AND mode = :mode;
