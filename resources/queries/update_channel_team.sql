UPDATE channel SET seq = :seq, team = :team WHERE id = :id;
