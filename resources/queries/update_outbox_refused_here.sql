-- Once sent it may be known there under its id: then it keeps a number, also where that says nothing any more.
UPDATE outbox SET state = 3, refused_here = 1, number = CASE state WHEN 1 THEN coalesce(number, -1) END, seq = 0,
    forecast = NULL, outcome = :outcome, conversation = :conversation
WHERE id = :id;
