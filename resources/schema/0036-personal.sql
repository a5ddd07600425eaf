-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What an agent has read, and its own views, follow to the agent's other machines.
--
-- version, of seen, own_view and own_view_gone: of all that is an agent's own in a file, one number for each change.
-- personal_version: an agent's last one.
-- own_view_gone: own views that were removed.
CREATE TABLE personal_version (agent INTEGER PRIMARY KEY, version INTEGER NOT NULL) STRICT;
CREATE TABLE own_view_gone (
    of_agent INTEGER NOT NULL, uuid TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (of_agent, uuid)
) STRICT, WITHOUT ROWID;
ALTER TABLE seen ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE own_view ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

UPDATE seen SET version = numbered.version
FROM (SELECT agent, conversation, row_number() OVER (PARTITION BY agent ORDER BY at, conversation) AS version FROM seen)
    AS numbered
WHERE numbered.agent = seen.agent AND numbered.conversation = seen.conversation;
UPDATE own_view SET version = 1;
INSERT INTO personal_version (agent, version)
SELECT agent, max(version) FROM (
    SELECT agent, version FROM seen UNION ALL SELECT of_agent, version FROM own_view
) GROUP BY agent;
CREATE INDEX seen_version ON seen (agent, version);

-- In a replica, what the server was not told yet, or has not answered.
--   seen_untold.was: what the server has, as far as is known here; 0 = nothing
CREATE TABLE seen_untold (conversation INTEGER PRIMARY KEY, was INTEGER NOT NULL) STRICT;
CREATE TABLE own_view_untold (uuid TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
