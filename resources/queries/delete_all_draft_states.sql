-- scans draft_state: all of it goes
DELETE FROM draft_state;
