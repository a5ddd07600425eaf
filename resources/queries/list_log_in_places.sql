-- scans access_log: once, when a server starts
SELECT DISTINCT name, address FROM access_log WHERE kind = 'logIn';
