-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What holds for the whole workspace. name: a word of the program's list; value: a whole number of the setting's unit.
-- What has no row is as it is by itself.

CREATE TABLE workspace_setting (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    name TEXT NOT NULL UNIQUE, value INTEGER NOT NULL
) STRICT;
CREATE INDEX workspace_setting_seq ON workspace_setting (seq);
