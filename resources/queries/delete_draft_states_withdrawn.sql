-- scans draft_state, draft: a channel is rarely withdrawn, and what one has begun to write is little
-- Where a draft was dropped and the server does not know yet, that is kept: else the server's would come back with the
-- channel.
DELETE FROM draft_state WHERE (SELECT channel FROM conversation WHERE id = draft_state.conversation) = :channel
    AND known = '' AND (incoming_version <> 0 OR EXISTS (
        SELECT 1 FROM draft WHERE draft.conversation = draft_state.conversation AND draft.mode = draft_state.mode));
