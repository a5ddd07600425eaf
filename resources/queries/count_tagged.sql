SELECT coalesce((SELECT n FROM tag_tally WHERE tag = :tag), 0);
