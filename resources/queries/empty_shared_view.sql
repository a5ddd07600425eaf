-- scans shared_view: all of it goes
DELETE FROM shared_view;
