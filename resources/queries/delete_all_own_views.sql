-- scans own_view: all of it goes
DELETE FROM own_view;
