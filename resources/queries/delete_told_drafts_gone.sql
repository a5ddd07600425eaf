DELETE FROM told_draft WHERE agent = :agent AND body = '' AND at < :limit;
