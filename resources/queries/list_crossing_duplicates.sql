-- scans conversation: by the index of the few that are a duplicate, when a channel is given to a team
SELECT c.id FROM conversation AS c
CROSS JOIN conversation AS d ON d.id = c.duplicate_of AND d.channel <> c.channel
JOIN channel AS here ON here.id = c.channel
JOIN channel AS there ON there.id = d.channel AND there.team IS NOT NULL AND there.team IS NOT here.team
WHERE c.duplicate_of IS NOT NULL;
