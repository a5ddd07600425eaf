-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- open_limit: how many open conversations an agent is to have at most; 0 = no limit. Spreading work keeps to it, a person
-- may go beyond it.
ALTER TABLE agent ADD COLUMN open_limit INTEGER NOT NULL DEFAULT 0;
