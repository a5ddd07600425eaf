UPDATE media SET seq = :seq, sent_width = :width, sent_height = :height
WHERE message = :message AND position = :position;
