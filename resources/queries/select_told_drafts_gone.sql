SELECT coalesce(max(version), 0) FROM told_draft WHERE agent = :agent AND body = '' AND at < :limit;
