-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What was done is kept for a day from when it was known to be done: what was made offline may be much older.
--
-- outbox.done_at: when it was first seen to be done, in ms; 0 = not yet.
ALTER TABLE outbox ADD COLUMN done_at INTEGER NOT NULL DEFAULT 0;
