-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO message_index (message_index) VALUES ('optimize');
INSERT INTO message_index (message_index, rank) VALUES ('hashsize', 1048576);
INSERT INTO message_index (message_index, rank) VALUES ('automerge', 0);
INSERT INTO message_index (message_index, rank) VALUES ('crisismerge', 1999);
INSERT INTO identity_index (identity_index) VALUES ('rebuild');
INSERT INTO tally (status, assignee, channel, n)
SELECT status, coalesce(assignee, 0), channel, count(*) FROM conversation GROUP BY 1, 2, 3;
