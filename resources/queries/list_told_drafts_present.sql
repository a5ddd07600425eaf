SELECT conversation, mode FROM told_draft WHERE agent = :agent AND body <> '' ORDER BY version;
