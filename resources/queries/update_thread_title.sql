UPDATE thread SET seq = :seq, title = :title, url = CASE WHEN :url = '' THEN url ELSE :url END WHERE id = :id;
