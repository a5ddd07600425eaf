INSERT INTO notice (seq, created_seq, channel, uuid, agent, at, until, text, tag, shared_view, list)
VALUES (:seq, :seq, :channel, :uuid, :agent, :at, :until, :text, :tag, :view, :list);
