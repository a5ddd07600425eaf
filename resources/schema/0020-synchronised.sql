-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A conversation is said to be a duplicate only of one that everybody may see who may see it. The few that are one are
-- looked through when a channel is given to a team.

CREATE INDEX conversation_duplicate ON conversation (duplicate_of) WHERE duplicate_of IS NOT NULL;
UPDATE conversation SET duplicate_of = NULL WHERE duplicate_of IS NOT NULL AND EXISTS (
    SELECT 1 FROM conversation AS d
    JOIN channel AS here ON here.id = conversation.channel
    JOIN channel AS there ON there.id = d.channel AND there.team IS NOT NULL AND there.team IS NOT here.team
    WHERE d.id = conversation.duplicate_of AND d.channel <> conversation.channel
);
