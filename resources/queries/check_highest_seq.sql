SELECT coalesce(max(seq), 0) FROM (
    SELECT max(seq) AS seq FROM agent
    UNION ALL SELECT max(seq) AS seq FROM team
    UNION ALL SELECT max(seq) AS seq FROM team_member
    UNION ALL SELECT max(seq) AS seq FROM device
    UNION ALL SELECT max(seq) AS seq FROM channel
    UNION ALL SELECT max(seq) AS seq FROM contact
    UNION ALL SELECT max(seq) AS seq FROM identity
    UNION ALL SELECT max(seq) AS seq FROM thread
    UNION ALL SELECT max(seq) AS seq FROM conversation
    UNION ALL SELECT max(seq) AS seq FROM message
    UNION ALL SELECT max(seq) AS seq FROM message_version
    UNION ALL SELECT max(seq) AS seq FROM media
    UNION ALL SELECT max(seq) AS seq FROM tag
    UNION ALL SELECT max(seq) AS seq FROM conversation_tag
    UNION ALL SELECT max(seq) AS seq FROM note_mention
    UNION ALL SELECT max(seq) AS seq FROM delivery
    UNION ALL SELECT max(seq) AS seq FROM journal
    UNION ALL SELECT max(seq) AS seq FROM saved_reply
    UNION ALL SELECT max(seq) AS seq FROM macro
    UNION ALL SELECT max(seq) AS seq FROM shared_view
    UNION ALL SELECT max(seq) AS seq FROM notice
    UNION ALL SELECT max(seq) AS seq FROM workspace_setting
    UNION ALL SELECT max(seq) AS seq FROM tombstone
);
