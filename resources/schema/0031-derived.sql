-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- FTS5 wrote a part of the index for each megabyte of words that it had gathered, however much one transaction was to put
-- in: all of these parts are merged afterwards, several times over. Only what is indexed in bulk gathers so much.
INSERT INTO message_index (message_index, rank) VALUES ('hashsize', 16777216);
