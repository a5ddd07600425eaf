UPDATE device SET seq = :seq, last_action = :number WHERE uuid = :uuid;
