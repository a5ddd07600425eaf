SELECT media.id, CASE WHEN media.preview_url = '' THEN media.remote_url ELSE media.preview_url END
FROM media
WHERE media.id > (SELECT max(id) - 500 FROM media) AND +media.channel = :channel AND media.hash = ''
    AND (media.type LIKE 'image%' OR media.preview_url <> '') AND (media.preview_url <> '' OR media.remote_url <> '')
ORDER BY media.id DESC LIMIT :limit;
