-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Views that one agent made for itself; the columns are those of shared_view.
CREATE TABLE own_view (
    uuid TEXT PRIMARY KEY, of_agent INTEGER NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL,
    statuses INTEGER NOT NULL, owner INTEGER NOT NULL, agent INTEGER, channels TEXT NOT NULL, tags TEXT NOT NULL,
    without_tags TEXT NOT NULL, least INTEGER NOT NULL, needs_answer INTEGER NOT NULL, is_private INTEGER NOT NULL,
    has_trouble INTEGER NOT NULL, search TEXT NOT NULL, list_order INTEGER NOT NULL, is_grouped INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX own_view_agent ON own_view (of_agent, position);
