-- sorts: at most the deliveries of one channel that are not at their end
SELECT d.id, d.conversation, v.number, d.message, d.channel, d.effect, d.state, d.agent, d.held_until, d.retry_at,
    d.created_at, d.attempts, d.failure, d.failure_detail, substr(m.text, 1, 200), d.based_on
FROM delivery AS d
CROSS JOIN conversation AS v ON v.id = d.conversation
CROSS JOIN message AS m ON m.id = d.message
WHERE d.state IN (2, 3, 4, 5, 7, 8) AND d.channel = :channel AND d.effect <> 0
ORDER BY d.id;
