-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- followers: how many follow whoever the conversation is with, as the network said with the last message; 0 = nobody, or
-- not known. It changes all the time: each conversation keeps what it was when they wrote, and no row changes for it alone.
ALTER TABLE conversation ADD COLUMN followers INTEGER NOT NULL DEFAULT 0;
