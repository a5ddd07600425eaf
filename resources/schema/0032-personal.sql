-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A draft that was discarded at one device does not come back from another that never heard that it was told.
--
-- told_draft.was: digests of what the draft was since there was none, the newest last, with a blank between; kept when it
--   was sent or discarded.
ALTER TABLE told_draft ADD COLUMN was TEXT NOT NULL DEFAULT '';
