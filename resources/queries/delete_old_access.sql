DELETE FROM access_log WHERE id <= (SELECT max(id) FROM access_log) - :keep;
