SELECT u.conversation, s.message, u.was FROM seen_untold AS u CROSS JOIN seen AS s
WHERE s.agent = :agent AND s.conversation = u.conversation ORDER BY u.conversation LIMIT :limit;
