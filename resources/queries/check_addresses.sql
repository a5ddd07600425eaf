SELECT channel, uri_key, id FROM message INDEXED BY message_uri
WHERE uri_key IS NOT NULL AND (channel, uri_key, id) > (:channel, :key, :id)
ORDER BY channel, uri_key, id LIMIT :limit;
