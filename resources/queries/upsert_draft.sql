INSERT INTO draft (
    agent, conversation, mode, device, text, content_warning, target, based_on, updated_at, media, left_out, language,
    history
) VALUES (
    :agent, :conversation, :mode, '', :text, :content_warning, :target, :based_on, :at, :media, :left_out, :language,
    :history
) ON CONFLICT DO UPDATE SET text = excluded.text, content_warning = excluded.content_warning, target = excluded.target,
    based_on = excluded.based_on, updated_at = excluded.updated_at, media = excluded.media, left_out = excluded.left_out,
    language = excluded.language, history = excluded.history;
