-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What a workspace keeps ready: texts to answer with, and lists of what one key does to a conversation.

CREATE TABLE saved_reply (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_reply_name ON saved_reply (name COLLATE NOCASE);
CREATE INDEX saved_reply_seq ON saved_reply (seq);

-- key: one letter or digit, or ''. steps: a list in JSON, read and written as a whole.
CREATE TABLE macro (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, key TEXT NOT NULL, steps TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX macro_name ON macro (name COLLATE NOCASE);
CREATE UNIQUE INDEX macro_key ON macro (key) WHERE key <> '';
CREATE INDEX macro_seq ON macro (seq);
