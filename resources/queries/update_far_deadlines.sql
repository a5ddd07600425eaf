UPDATE attempt SET deadline_at = :deadline_at WHERE deadline_at > :farthest AND delivery IN (
    SELECT id FROM delivery WHERE state IN (2, 3, 4, 5, 7, 8) AND state IN (5, 8) AND channel = :channel);
