-- scans draft_state, draft: a channel is rarely withdrawn, and what one has begun to write is little
-- What the server has of them comes back with the channel; until then it is known what that is. Not so what was dropped
-- here: the server is told so then.
UPDATE draft_state SET version = 0, incoming_version = 0, incoming = '{}', said = ''
WHERE (SELECT channel FROM conversation WHERE id = draft_state.conversation) = :channel
    AND known <> '' AND (incoming_version <> 0 OR EXISTS (
        SELECT 1 FROM draft WHERE draft.conversation = draft_state.conversation AND draft.mode = draft_state.mode));
