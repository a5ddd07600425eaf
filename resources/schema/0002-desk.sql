-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What only the desk that holds the record keeps: it never leaves the machine.

-- incarnation, workspace, last_seq, next_number, message_high, message_low, courier_off, ... one value a name.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The numbers that each transaction handed out.
CREATE TABLE commit_log (first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;

-- Where a channel's pulling stands.
CREATE TABLE position (
    channel INTEGER PRIMARY KEY REFERENCES channel, mark TEXT NOT NULL, walk TEXT NOT NULL, last_pull_at INTEGER NOT NULL,
    next_pull_at INTEGER NOT NULL, failures INTEGER NOT NULL, is_first_done INTEGER NOT NULL
) STRICT;

-- Everything that reaches the network for a delivery, computed once; body is the immutable JSON that digest is made of.
CREATE TABLE outgoing (
    delivery INTEGER PRIMARY KEY REFERENCES delivery, digest TEXT NOT NULL, body TEXT NOT NULL
) STRICT;

-- On disk before the first byte of an attempt.
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY, delivery INTEGER NOT NULL REFERENCES delivery, number INTEGER NOT NULL, process TEXT NOT NULL,
    started_at INTEGER NOT NULL, deadline_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, outcome TEXT NOT NULL,
    UNIQUE (delivery, number)
) STRICT;

-- The stored answer to every numbered action of a device, refusals too: a repeat gets the same one.
CREATE TABLE outcome (
    device TEXT NOT NULL, number INTEGER NOT NULL, action TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_action ON outcome (action);
