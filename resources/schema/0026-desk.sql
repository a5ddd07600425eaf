-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A device that is to erase what it keeps when it is next seen: when that was asked, and when the device said that it
-- has. 0 = neither.

ALTER TABLE token ADD COLUMN erase_asked_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE token ADD COLUMN erased_at INTEGER NOT NULL DEFAULT 0;
