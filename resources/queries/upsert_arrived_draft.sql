INSERT INTO draft (
    agent, conversation, mode, device, text, content_warning, target, based_on, updated_at, left_out, language, elsewhere
) VALUES (
    :agent, :conversation, :mode, :device, :text, :content_warning, :target, :based_on, :at, :left_out, :language,
    :elsewhere
) ON CONFLICT DO UPDATE SET text = excluded.text, content_warning = excluded.content_warning, target = excluded.target,
    based_on = excluded.based_on, updated_at = excluded.updated_at, left_out = excluded.left_out,
    language = excluded.language, elsewhere = excluded.elsewhere, history = '';
