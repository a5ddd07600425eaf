-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A large table in memory and no merging in between: fewer, larger segments to merge at the end.
INSERT INTO message_index (message_index, rank) VALUES ('hashsize', 268435456);
INSERT INTO message_index (message_index, rank) VALUES ('automerge', 0);
INSERT INTO message_index (message_index, rank) VALUES ('crisismerge', 1000);
