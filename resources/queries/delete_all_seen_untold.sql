-- scans seen_untold: all of it goes
DELETE FROM seen_untold;
