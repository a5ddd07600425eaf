UPDATE channel SET seq = :seq, address = :address WHERE id = :id;
