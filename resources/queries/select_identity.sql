SELECT id, name, handle FROM identity WHERE channel = :channel AND remote_id = :remote_id AND remote_id <> '';
