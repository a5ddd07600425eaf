INSERT INTO workspace_setting (seq, created_seq, name, value) VALUES (:seq, :seq, :name, :value)
ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, value = excluded.value;
