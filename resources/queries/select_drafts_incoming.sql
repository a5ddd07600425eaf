SELECT mode, incoming FROM draft_state WHERE conversation = :conversation AND incoming_version > 0;
