-- scans draft_state: a channel is rarely withdrawn
DELETE FROM draft_state WHERE (SELECT channel FROM conversation WHERE id = draft_state.conversation) = :channel;
