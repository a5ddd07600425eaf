-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What a server was told of a draft is known for one's own also after the program has ended.
--
-- draft_state.said: digests of what the server was told and has not answered, the newest last, with a blank between.
ALTER TABLE draft_state ADD COLUMN said TEXT NOT NULL DEFAULT '';
