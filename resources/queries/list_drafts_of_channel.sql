-- scans draft: a channel is rarely withdrawn
SELECT conversation, mode, text, content_warning, target, based_on, language, left_out, media, device FROM draft
WHERE agent = :me AND (SELECT channel FROM conversation WHERE id = draft.conversation) = :channel;
