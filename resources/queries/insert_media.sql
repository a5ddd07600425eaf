INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, description, width, height)
SELECT :id, :seq, :seq, channel, id, :position, :remote_url, :preview_url, :hash, :type, :description, :width, :height
FROM message WHERE id = :message;
