INSERT INTO team_member (
    id, seq, created_seq, channel, team, agent
) VALUES (
    :id, :seq, :created_seq, :channel, :team, :agent
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, team = excluded.team,
    agent = excluded.agent
WHERE excluded.seq > team_member.seq - :again;
