INSERT INTO notice (id, seq, created_seq, channel, uuid, agent, at, until, text, tag, shared_view, list)
VALUES (:id, :seq, :seq, :channel, :uuid, :agent, :at, :until, :text, :tag, :view, :list);
