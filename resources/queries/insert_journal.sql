INSERT INTO journal (seq, created_seq, channel, action, at, agent, device, device_number, kind, conversation, message, before, after)
VALUES (:seq, :seq, :channel, :action, :at, :agent, :device, :number, :kind, :conversation, :message, :before, :after);
