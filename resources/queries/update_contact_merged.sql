UPDATE contact SET seq = :seq, merged_into = :into WHERE id = :id;
