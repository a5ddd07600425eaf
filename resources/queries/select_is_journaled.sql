SELECT 1 FROM journal WHERE action = :action;
