SELECT body FROM outgoing WHERE delivery = :delivery;
