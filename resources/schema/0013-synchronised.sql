-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What holds for some messages of a channel alone: hiding answers below our own posts, the length of direct messages.
-- thread.is_ours: its root was written by the channel's own identity. sent_width, sent_height: pixels of a picture that
-- was made smaller on its way to the network, 0 = sent as it was attached.

ALTER TABLE channel ADD COLUMN can_hide_below_own INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channel ADD COLUMN max_private_length INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN is_ours INTEGER NOT NULL DEFAULT 0;
UPDATE thread SET is_ours = 1 WHERE EXISTS (
    SELECT 1 FROM channel AS c WHERE c.id = thread.channel AND c.account_id <> ''
        AND substr(thread.uri, 1, length(c.account_id) + 6) = 'at://' || c.account_id || '/'
);
ALTER TABLE media ADD COLUMN sent_width INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN sent_height INTEGER NOT NULL DEFAULT 0;
