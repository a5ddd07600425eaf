-- scans draft: a channel is rarely withdrawn
DELETE FROM draft WHERE (SELECT channel FROM conversation WHERE id = draft.conversation) = :channel;
