-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What was done on a replica, in the order in which it was done, until its server's rows say so. It never travels, and
-- stays when the replica begins anew.
--   body: the action as model/actionjson.h has it; ids from 2^62 on are of rows that an earlier one made here
--   number: the device's number under which it goes out; null = it never has
--   state: 0 waiting, 1 sent (it may have arrived), 2 answered (its rows are to come), 3 refused, 4 done, 5 withdrawn
--     (undone before it was sent)
--   outcome: what was forecast, then what was answered; seq: after which all that it did is visible
--   undoes: the one that it takes back
--   forecast: how the tables were changed by it (a changeset); empty = by nothing; null = it is to be decided (again)

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL UNIQUE, body TEXT NOT NULL, at INTEGER NOT NULL,
    conversation INTEGER, number INTEGER, state INTEGER NOT NULL DEFAULT 0, outcome TEXT NOT NULL DEFAULT '',
    seq INTEGER NOT NULL DEFAULT 0, undoes INTEGER, forecast BLOB
) STRICT;
CREATE INDEX outbox_state ON outbox (state);
