SELECT id, text, content_warning FROM message WHERE conversation = :conversation ORDER BY sort_at, id;
