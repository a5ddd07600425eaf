DELETE FROM own_view_gone WHERE of_agent = :of_agent AND uuid = :uuid;
