SELECT max(coalesce((SELECT max(version) FROM told_draft WHERE agent = :agent), 0),
    coalesce((SELECT version FROM told_draft_forgotten WHERE agent = :agent), 0));
