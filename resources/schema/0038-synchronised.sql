-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- networks: numbers of Network as " 1 3 ", or "" for any. waits_longer: open, and without an answer for longer than so
-- many ms; 0 = however long.
ALTER TABLE shared_view ADD COLUMN networks TEXT NOT NULL DEFAULT '';
ALTER TABLE shared_view ADD COLUMN waits_longer INTEGER NOT NULL DEFAULT 0;
