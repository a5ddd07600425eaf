DELETE FROM unindexed WHERE message = :message;
