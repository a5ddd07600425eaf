CREATE TABLE slice.team_member (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, team, agent
);
