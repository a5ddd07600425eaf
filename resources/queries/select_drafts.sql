-- sorts: at most the drafts of one agent on one conversation
SELECT conversation, mode, text, content_warning, target, based_on, updated_at, media, left_out, language, history
FROM draft WHERE agent = :me AND conversation = :conversation AND device = ''
ORDER BY updated_at DESC;
