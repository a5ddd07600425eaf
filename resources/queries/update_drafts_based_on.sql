-- scans draft: once, after the server was restored
UPDATE draft SET based_on = :seq WHERE based_on > :seq;
