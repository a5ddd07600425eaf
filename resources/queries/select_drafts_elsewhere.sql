SELECT mode, elsewhere FROM draft
WHERE agent = :me AND conversation = :conversation AND device = '' AND elsewhere > 0;
