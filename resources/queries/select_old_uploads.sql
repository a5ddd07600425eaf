SELECT DISTINCT hash FROM upload WHERE at < :before;
