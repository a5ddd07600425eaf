SELECT 'agent' AS name, min(id), max(id), count(*) FROM slice.agent
UNION ALL SELECT 'team' AS name, min(id), max(id), count(*) FROM slice.team
UNION ALL SELECT 'team_member' AS name, min(id), max(id), count(*) FROM slice.team_member
UNION ALL SELECT 'device' AS name, min(id), max(id), count(*) FROM slice.device
UNION ALL SELECT 'channel' AS name, min(id), max(id), count(*) FROM slice.channel
UNION ALL SELECT 'contact' AS name, min(id), max(id), count(*) FROM slice.contact
UNION ALL SELECT 'identity' AS name, min(id), max(id), count(*) FROM slice.identity
UNION ALL SELECT 'thread' AS name, min(id), max(id), count(*) FROM slice.thread
UNION ALL SELECT 'conversation' AS name, min(id), max(id), count(*) FROM slice.conversation
UNION ALL SELECT 'message' AS name, min(id), max(id), count(*) FROM slice.message
UNION ALL SELECT 'message_version' AS name, min(id), max(id), count(*) FROM slice.message_version
UNION ALL SELECT 'media' AS name, min(id), max(id), count(*) FROM slice.media
UNION ALL SELECT 'tag' AS name, min(id), max(id), count(*) FROM slice.tag
UNION ALL SELECT 'conversation_tag' AS name, min(id), max(id), count(*) FROM slice.conversation_tag
UNION ALL SELECT 'note_mention' AS name, min(id), max(id), count(*) FROM slice.note_mention
UNION ALL SELECT 'delivery' AS name, min(id), max(id), count(*) FROM slice.delivery
UNION ALL SELECT 'journal' AS name, min(id), max(id), count(*) FROM slice.journal;
