-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Views that everybody has, and texts that a lead pinned.

-- What it lists, as ViewContent (model/viewfilter.h) has it. statuses: bits, 1 for open. Ids in one column stand as
-- " 3 17 ", or "" for none. search: words of a saved search; then the filter selects everything.
CREATE TABLE shared_view (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, position INTEGER NOT NULL, statuses INTEGER NOT NULL,
    owner INTEGER NOT NULL, agent INTEGER REFERENCES agent, channels TEXT NOT NULL, tags TEXT NOT NULL,
    without_tags TEXT NOT NULL, least INTEGER NOT NULL, needs_answer INTEGER NOT NULL, is_private INTEGER NOT NULL,
    has_trouble INTEGER NOT NULL, search TEXT NOT NULL, list_order INTEGER NOT NULL, is_grouped INTEGER NOT NULL
) STRICT;
CREATE INDEX shared_view_seq ON shared_view (seq);

-- channel: who sees it, and where it stands; tag, shared_view, list (a word of View): the other places.
-- None of them: everywhere.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    uuid TEXT NOT NULL UNIQUE, agent INTEGER NOT NULL REFERENCES agent, at INTEGER NOT NULL, until INTEGER NOT NULL,
    text TEXT NOT NULL, tag INTEGER REFERENCES tag, shared_view INTEGER REFERENCES shared_view, list TEXT NOT NULL
) STRICT;
CREATE INDEX notice_seq ON notice (seq);
CREATE INDEX notice_view ON notice (shared_view) WHERE shared_view IS NOT NULL;
