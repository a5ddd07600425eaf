DELETE FROM delivery
WHERE (uuid = :uuid AND id <> :id);
