UPDATE channel SET seq = :seq, name = CASE WHEN :name = '' THEN name ELSE :name END,
    purpose = CASE WHEN :purpose < 0 THEN purpose ELSE :purpose END,
    pull_every = CASE WHEN :pull_every = 0 THEN pull_every ELSE :pull_every END
WHERE id = :id;
