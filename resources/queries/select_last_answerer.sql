-- sorts: at most 20 messages, one of each of a contact's newest conversations
SELECT agent FROM (
    SELECT m.agent, m.sort_at FROM (
        SELECT o.id FROM conversation AS o
        WHERE o.contact = (SELECT contact FROM conversation WHERE id = :conversation)
        ORDER BY o.last_message_at DESC, o.id DESC LIMIT 20
    ) AS c CROSS JOIN message AS m ON m.id = (
        SELECT r.id FROM message AS r
        WHERE r.conversation = c.id AND r.kind = 1 AND r.agent IS NOT NULL ORDER BY r.sort_at DESC, r.id DESC LIMIT 1
    )
) ORDER BY sort_at DESC LIMIT 1;
