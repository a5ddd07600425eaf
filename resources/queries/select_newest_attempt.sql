SELECT number, process, started_at, deadline_at, outcome FROM attempt WHERE delivery = :delivery ORDER BY number DESC LIMIT 1;
