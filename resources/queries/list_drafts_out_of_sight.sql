-- scans draft: what one has begun to write is little
SELECT conversation, mode, text, content_warning, target, based_on, language, left_out, media, device FROM draft
WHERE agent = :me AND NOT EXISTS (SELECT 1 FROM conversation WHERE id = draft.conversation);
