SELECT id FROM macro WHERE key = :key AND key <> '' AND id <> :id;
