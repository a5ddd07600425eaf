SELECT version FROM told_draft_forgotten WHERE agent = :agent;
