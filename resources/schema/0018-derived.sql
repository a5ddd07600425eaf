-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- When 16 parts of the index were of one size FTS5 merged them all at once, with a large index for minutes, within the
-- commit that was the last drop. The most parts that can be named to it: the writer merges, piece by piece.
INSERT INTO message_index (message_index, rank) VALUES ('crisismerge', 1999);
