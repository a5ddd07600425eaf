DELETE FROM draft WHERE agent = :agent AND conversation = :conversation AND mode = :mode;
