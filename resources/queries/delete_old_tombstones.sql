DELETE FROM tombstone WHERE seq <= :seq;
