-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A draft is kept whole. media: a list in JSON. left_out: handles, one a line. history: what can be undone, as the
-- editor wrote it.
ALTER TABLE draft ADD COLUMN media TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN left_out TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN history TEXT NOT NULL DEFAULT '';
