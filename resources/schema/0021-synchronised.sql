-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A row names another only where everybody who may see it may see the other. The few conversations that are said to be
-- duplicates are looked through when a channel is given to a team. A contact has its identity's channel: how many people
-- write to a channel is for those to know who may see it.

CREATE INDEX conversation_duplicate ON conversation (duplicate_of) WHERE duplicate_of IS NOT NULL;
UPDATE conversation SET duplicate_of = NULL WHERE duplicate_of IS NOT NULL AND EXISTS (
    SELECT 1 FROM conversation AS d
    JOIN channel AS here ON here.id = conversation.channel
    JOIN channel AS there ON there.id = d.channel AND there.team IS NOT NULL AND there.team IS NOT here.team
    WHERE d.id = conversation.duplicate_of AND d.channel <> conversation.channel
);

UPDATE contact SET channel = (
    SELECT CASE WHEN min(i.channel) = max(i.channel) THEN min(i.channel) END FROM identity AS i
    WHERE i.contact = contact.id
);
UPDATE contact SET merged_into = NULL WHERE merged_into IS NOT NULL AND EXISTS (
    SELECT 1 FROM contact AS d
    JOIN channel AS there ON there.id = d.channel AND there.team IS NOT NULL
    LEFT JOIN channel AS here ON here.id = contact.channel
    WHERE d.id = contact.merged_into AND d.channel IS NOT contact.channel AND there.team IS NOT here.team
);
