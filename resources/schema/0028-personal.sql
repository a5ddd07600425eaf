-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- That a draft was sent or discarded is forgotten at last.
--
-- told_draft.at: when it was told, by the server's clock. Those of before begin now.
-- told_draft_forgotten: version: of an agent's drafts that were sent or discarded, the newest that is no longer kept; no
--   later one is given this version or a lower one.
ALTER TABLE told_draft ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
UPDATE told_draft SET at = unixepoch() * 1000;
CREATE INDEX told_draft_gone ON told_draft (agent, at) WHERE body = '';
CREATE TABLE told_draft_forgotten (agent INTEGER PRIMARY KEY, version INTEGER NOT NULL) STRICT;
