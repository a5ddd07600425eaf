SELECT version FROM told_draft WHERE agent = :agent AND version <= :most AND body <> '' ORDER BY version;
