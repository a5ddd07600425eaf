UPDATE channel SET seq = :seq, paused_by = :by, pause_reason = :reason WHERE id = :id;
