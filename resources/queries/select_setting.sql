SELECT value FROM setting WHERE agent = :me AND name = :name;
