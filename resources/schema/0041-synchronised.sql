-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A server that pulled nothing for long says so to every desktop. heard_until, heard_again: the newest such pause, 0 =
-- there was none; is_behind: this channel was not asked since for what was written meanwhile.
ALTER TABLE channel ADD COLUMN heard_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channel ADD COLUMN heard_again INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channel ADD COLUMN is_behind INTEGER NOT NULL DEFAULT 0;
