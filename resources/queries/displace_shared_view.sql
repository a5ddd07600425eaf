DELETE FROM shared_view
WHERE (uuid = :uuid AND id <> :id);
