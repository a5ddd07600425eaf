SELECT v.id, v.number, v.message_count, (SELECT count(*) FROM message AS m WHERE m.conversation = v.id)
FROM conversation AS v WHERE v.id > :after ORDER BY v.id LIMIT :limit;
