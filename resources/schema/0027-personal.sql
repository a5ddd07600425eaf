-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Drafts follow whoever writes them to their other machines.
--
-- told_draft: at a server, what an agent has begun to write, as that agent's devices tell it. It is the agent's alone.
--   version: of all that the agent tells, one number for each change; body: a draft as app/server/PROTOCOL.md has it,
--   '' = sent or discarded. Such rows stay: a device that was away is not to bring the draft back.
CREATE TABLE told_draft (
    agent INTEGER NOT NULL, conversation INTEGER NOT NULL, mode INTEGER NOT NULL, version INTEGER NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (agent, conversation, mode)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX told_draft_version ON told_draft (agent, version);

-- draft_state: in a replica, what the server has of a draft; none = nothing that this machine knows of.
--   version: that was last understood here; known: a digest of it: the draft here is to be told where it has another one
--   incoming_version, incoming: a newer one (as body above) that is not taken over yet; 0 = there is none
CREATE TABLE draft_state (
    conversation INTEGER NOT NULL, mode INTEGER NOT NULL, version INTEGER NOT NULL, known TEXT NOT NULL,
    incoming_version INTEGER NOT NULL DEFAULT 0, incoming TEXT NOT NULL DEFAULT '', PRIMARY KEY (conversation, mode)
) STRICT, WITHOUT ROWID;

-- Files that go along with a draft and lie on another machine of its writer.
-- (device, of a draft: '' = the draft itself; else when and where a text beside it was typed: "MILLISECONDS NAME".)
ALTER TABLE draft ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;
