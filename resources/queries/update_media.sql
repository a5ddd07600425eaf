UPDATE media SET seq = :seq, preview_url = :preview_url, type = :type, description = :description, width = :width,
    height = :height, hash = CASE WHEN remote_url = :remote_url AND preview_url = :preview_url THEN hash ELSE '' END,
    remote_url = :remote_url
WHERE id = :id;
