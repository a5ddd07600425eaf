SELECT type FROM upload WHERE hash = :hash AND agent = :agent;
