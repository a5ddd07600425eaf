INSERT INTO slice.contact SELECT * FROM main.contact
WHERE id IN (
    SELECT contact FROM slice.conversation UNION SELECT contact FROM slice.identity
) AND (channel IS NULL OR channel = :channel);
