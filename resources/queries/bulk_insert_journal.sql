INSERT INTO journal (seq, created_seq, channel, at, agent, device, device_number, kind, conversation, before, after)
VALUES (:seq, :seq, :channel, :at, :agent, '', 0, :kind, :conversation, :before, :after);
