-- scans own_view_untold: all of it goes
DELETE FROM own_view_untold;
