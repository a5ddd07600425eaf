-- Those of the whole desk are kept under agent 0.
-- scans setting: all others go
DELETE FROM setting WHERE agent <> 0;
