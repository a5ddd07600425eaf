-- scans message: a recount of everything is what is asked for
SELECT count(*) FROM message;
