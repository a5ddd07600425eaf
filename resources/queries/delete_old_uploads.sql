DELETE FROM upload WHERE at < :before;
