-- scans: one row for each tag
SELECT tag, n FROM tag_tally;
