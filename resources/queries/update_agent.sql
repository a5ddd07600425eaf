UPDATE agent SET seq = :seq, name = CASE WHEN :has_name THEN :name ELSE name END,
    role = CASE WHEN :role < 0 THEN role ELSE :role END,
    disabled = CASE WHEN :disabled < 0 THEN disabled ELSE :disabled END,
    open_limit = CASE WHEN :open_limit < 0 THEN open_limit ELSE :open_limit END,
    on_duty = CASE WHEN :on_duty < 0 THEN on_duty ELSE :on_duty END
WHERE id = :id;
