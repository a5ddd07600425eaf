UPDATE delivery SET seq = :seq, state = :state, failure = :failure, failure_detail = :failure_detail,
    held_until = CASE WHEN :held_until = 0 THEN held_until ELSE :held_until END,
    queued_at = CASE WHEN :queued_at = 0 THEN queued_at ELSE :queued_at END, retry_at = :retry_at,
    based_on = CASE WHEN :based_on < 0 THEN based_on ELSE :based_on END,
    attempts = CASE WHEN :attempts < 0 THEN attempts ELSE :attempts END,
    digest = CASE WHEN :digest = '' THEN digest ELSE :digest END
WHERE id = :id;
