SELECT body FROM outcome WHERE action = :action;
