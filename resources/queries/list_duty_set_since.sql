-- Of the server's rows: not of what is shown ahead of it. What is not of who did it says whose duty it is.
SELECT created_seq, agent, device, after FROM journal
WHERE seq > :since AND (SELECT seq FROM agent WHERE id = :agent) > :since AND kind = :kind
    AND ((before = '' AND agent = :agent) OR before = CAST(:agent AS TEXT)) AND +id < 4611686018427387904
ORDER BY seq DESC;
