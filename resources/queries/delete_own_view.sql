DELETE FROM own_view WHERE uuid = :uuid AND of_agent = :of_agent;
