INSERT INTO team_member (seq, created_seq, team, agent) VALUES (:seq, :seq, :team, :agent);
