INSERT INTO setting (agent, name, value) VALUES (:agent, :name, :value) ON CONFLICT DO UPDATE SET value = excluded.value;
