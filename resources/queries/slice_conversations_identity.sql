INSERT INTO slice.identity SELECT * FROM main.identity
WHERE id IN (
    SELECT identity FROM slice.conversation UNION SELECT identity FROM slice.message
) AND +channel = :channel;
