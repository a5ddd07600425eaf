-- scans contact: by the index of the few that are merged into another, when a channel is given to a team
SELECT c.id FROM contact AS c
CROSS JOIN contact AS d ON d.id = c.merged_into AND d.channel IS NOT c.channel
JOIN channel AS there ON there.id = d.channel AND there.team IS NOT NULL
LEFT JOIN channel AS here ON here.id = c.channel
WHERE c.merged_into IS NOT NULL AND there.team IS NOT here.team;
