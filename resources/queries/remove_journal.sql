DELETE FROM journal WHERE id = :id;
