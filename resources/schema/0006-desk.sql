-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Who may come in over the wire. Only on a server, and it never leaves it.

-- password: the whole string of Argon2id with its salt and costs.
CREATE TABLE account (
    agent INTEGER PRIMARY KEY REFERENCES agent, password TEXT NOT NULL, changed_at INTEGER NOT NULL
) STRICT;

-- One device of an agent. hash: of the secret that only the device has. device: under which its actions are numbered.
CREATE TABLE token (
    id TEXT PRIMARY KEY, agent INTEGER NOT NULL REFERENCES agent, device TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    hash TEXT NOT NULL, created_at INTEGER NOT NULL, last_used_at INTEGER NOT NULL DEFAULT 0,
    revoked_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX token_agent ON token (agent, created_at);

-- Log-ins and what was refused. name: as it was given; address: where from.
CREATE TABLE access_log (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, agent INTEGER, name TEXT NOT NULL,
    address TEXT NOT NULL, token TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;

-- What one type's followers ask for.
CREATE INDEX tombstone_name ON tombstone (name, seq);

-- Files that an agent brought, until a message has them; kept beside the workspace under their hash.
CREATE TABLE upload (
    hash TEXT NOT NULL, agent INTEGER NOT NULL REFERENCES agent, type TEXT NOT NULL, size INTEGER NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (hash, agent)
) STRICT, WITHOUT ROWID;

-- Whose a file is.
CREATE INDEX media_hash ON media (hash) WHERE hash <> '';
