SELECT id, channel, text, until, tag, shared_view, list FROM notice WHERE id = :id;
