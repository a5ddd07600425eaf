INSERT INTO attempt (delivery, number, process, started_at, deadline_at, ended_at, outcome)
VALUES (:delivery, :number, :process, :started_at, :deadline_at, 0, '');
