SELECT id FROM message WHERE conversation = :conversation ORDER BY sort_at DESC LIMIT 1;
