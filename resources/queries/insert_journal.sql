INSERT INTO journal (id, seq, created_seq, channel, action, at, agent, device, device_number, kind, conversation, message, before, after)
VALUES (:id, :seq, :seq, :channel, :action, :at, :agent, :device, :number, :kind, :conversation, :message, :before, :after);
