UPDATE conversation SET seq = :seq,
    public_seq_other = CASE WHEN public_device = :device THEN public_seq_other ELSE public_seq END,
    public_device = :device, public_seq = :seq
WHERE id = :id;
