-- Nothing of it is shown. It may be known under another number: it takes the next one.
UPDATE outbox SET state = 1, number = NULL, seq = 0, forecast = x'', refused_here = 0, era = :era WHERE id = :id;
