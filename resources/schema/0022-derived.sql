-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- FTS5 merged a piece of the index within every commit that filled 64 of its pages, also of a part of two gigabytes, and
-- not less than a whole word of it: with one that is in millions of messages a commit took more than a tenth of a second.
-- The writer merges (app/workspace/searchindex.h).
INSERT INTO message_index (message_index, rank) VALUES ('automerge', 0);
