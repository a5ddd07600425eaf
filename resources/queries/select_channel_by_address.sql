-- scans: the few channels of a workspace
SELECT id FROM channel WHERE network = :network AND address = :address AND removed_at = 0;
