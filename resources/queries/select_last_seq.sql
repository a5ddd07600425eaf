SELECT last_seq FROM commit_log ORDER BY first_seq DESC LIMIT 1;
