SELECT
    (SELECT value FROM meta WHERE name = 'incarnation'),
    (SELECT group_concat(id || ' ' || role || ' ' || disabled) FROM agent),
    (SELECT group_concat(team || ' ' || agent) FROM team_member),
    (SELECT group_concat(id || ' ' || team) FROM channel WHERE team IS NOT NULL),
    (SELECT count(*) FROM token WHERE revoked_at > 0);
