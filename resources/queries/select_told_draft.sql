SELECT version, body, was FROM told_draft WHERE agent = :agent AND conversation = :conversation AND mode = :mode;
