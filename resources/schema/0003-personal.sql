-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Personal state: visible to one agent, coalesced, neither numbered nor journalled.

CREATE TABLE draft (
    agent INTEGER NOT NULL, conversation INTEGER NOT NULL, mode INTEGER NOT NULL, device TEXT NOT NULL, text TEXT NOT NULL,
    content_warning TEXT NOT NULL, target INTEGER NOT NULL, based_on INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    PRIMARY KEY (agent, conversation, mode, device)
) STRICT, WITHOUT ROWID;

-- The newest message of a conversation that an agent has seen, by its change number.
CREATE TABLE seen (
    agent INTEGER NOT NULL, conversation INTEGER NOT NULL, message INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (agent, conversation)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    agent INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (agent, name)
) STRICT, WITHOUT ROWID;
