SELECT created_seq FROM conversation WHERE :name IN ('conversation', 'duplicateOf') AND id = :id
UNION ALL SELECT created_seq FROM message WHERE :name IN ('message', 'target') AND id = :id
UNION ALL SELECT created_seq FROM delivery WHERE :name = 'delivery' AND id = :id
UNION ALL SELECT created_seq FROM contact WHERE :name IN ('contact', 'from', 'into') AND id = :id
UNION ALL SELECT created_seq FROM agent WHERE :name = 'agent' AND id = :id
UNION ALL SELECT created_seq FROM channel WHERE :name IN ('channel', 'channels') AND id = :id
UNION ALL SELECT created_seq FROM team WHERE :name = 'team' AND id = :id
UNION ALL SELECT created_seq FROM saved_reply WHERE :name = 'savedReply' AND id = :id
UNION ALL SELECT created_seq FROM macro WHERE :name = 'macro' AND id = :id
UNION ALL SELECT created_seq FROM shared_view WHERE :name IN ('view', 'before') AND id = :id
UNION ALL SELECT created_seq FROM notice WHERE :name = 'notice' AND id = :id
UNION ALL SELECT created_seq FROM tag WHERE :name IN ('tag', 'tags', 'withoutTags') AND id = :id;
