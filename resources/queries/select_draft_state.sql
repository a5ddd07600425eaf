SELECT version, known, incoming_version, incoming FROM draft_state WHERE conversation = :conversation AND mode = :mode;
