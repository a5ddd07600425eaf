DELETE FROM commit_log;
