-- scans own_view_gone: all of it goes
DELETE FROM own_view_gone;
