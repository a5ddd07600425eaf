-- scans draft: once, after the server was restored
SELECT d.conversation, d.mode, d.text, d.content_warning, d.media, d.language, d.based_on,
    coalesce(v.created_seq <= :seq
        AND (d.mode <> 3 OR (SELECT created_seq FROM message WHERE id = d.target) <= :seq), 0)
FROM draft AS d LEFT JOIN conversation AS v ON v.id = d.conversation
WHERE d.agent = :agent;
