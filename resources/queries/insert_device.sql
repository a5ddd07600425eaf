INSERT INTO device (seq, created_seq, uuid, agent, last_action) VALUES (:seq, :seq, :uuid, :agent, :number);
