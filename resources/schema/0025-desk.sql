-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How many requests the network said it takes until when; -1: it does not say.
ALTER TABLE position ADD COLUMN limit_left INTEGER NOT NULL DEFAULT -1;
ALTER TABLE position ADD COLUMN limit_reset_at INTEGER NOT NULL DEFAULT 0;
