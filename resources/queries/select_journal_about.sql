-- What others did, newest first, that is of an agent: of a conversation that is theirs, or was at first; that gives them
-- one or takes it from them; or that takes back a reply of theirs. Who has a conversation is in the lines that name them.
WITH named AS (
    SELECT conversation, before, min(id) FROM journal NOT INDEXED
    WHERE id > :since AND id < :ahead AND at > :after AND kind IN ('assign', 'claim', 'unassign')
        AND (before = CAST(:agent AS TEXT) OR after = CAST(:agent AS TEXT))
    GROUP BY conversation
)
SELECT j.id, j.at, j.agent, coalesce(a.name, ''), j.kind, j.conversation, coalesce(v.number, 0), j.channel, j.message,
    j.before, j.after, coalesce(j.action, '')
FROM journal AS j NOT INDEXED
LEFT JOIN agent AS a ON a.id = j.agent
LEFT JOIN conversation AS v ON v.id = j.conversation
WHERE j.id > :since AND j.id < :ahead AND j.at > :after AND j.agent IS NOT :agent AND j.conversation IS NOT NULL
    AND j.kind IN ('assign', 'claim', 'unassign', 'setStatus', 'snooze', 'sendReply', 'reopened', 'answeredOnNetwork',
        'deliveryFailed', 'deliveryUnsure', 'addNote', 'cancelReply')
    AND (v.assignee = :agent
        OR j.conversation IN (SELECT conversation FROM named WHERE before = CAST(:agent AS TEXT))
        OR (j.kind IN ('assign', 'claim', 'unassign')
            AND (j.before = CAST(:agent AS TEXT) OR j.after = CAST(:agent AS TEXT)))
        OR (j.kind = 'cancelReply'
            AND EXISTS (SELECT 1 FROM delivery AS d WHERE d.message = j.message AND d.effect = :effect AND d.agent = :agent)))
ORDER BY j.id DESC LIMIT :limit;
