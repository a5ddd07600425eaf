INSERT INTO draft (agent, conversation, mode, device, text, content_warning, target, based_on, updated_at)
VALUES (:agent, :conversation, :mode, '', :text, :content_warning, :target, :based_on, :at)
ON CONFLICT DO UPDATE SET text = excluded.text, content_warning = excluded.content_warning, target = excluded.target,
    based_on = excluded.based_on, updated_at = excluded.updated_at;
