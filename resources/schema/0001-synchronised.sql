-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The synchronised tables. Every row has seq (number of its last change), created_seq, and channel (who may see it; null =
-- the whole workspace; never changed, never derived by a join). Times are UTC milliseconds, 0 = not known.
-- Words (status, kind, ...) are stored as their number in model/words.h.

CREATE TABLE agent (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role INTEGER NOT NULL,
    on_duty INTEGER NOT NULL DEFAULT 1, disabled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX agent_name ON agent (name);
CREATE INDEX agent_seq ON agent (seq);

CREATE TABLE team (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX team_seq ON team (seq);

CREATE TABLE team_member (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    team INTEGER NOT NULL REFERENCES team, agent INTEGER NOT NULL REFERENCES agent, UNIQUE (team, agent)
) STRICT;
CREATE INDEX team_member_seq ON team_member (seq);

-- What a device's actions have reached: its number k is applied only after k-1.
CREATE TABLE device (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    uuid TEXT NOT NULL UNIQUE, agent INTEGER NOT NULL REFERENCES agent, last_action INTEGER NOT NULL
) STRICT;
CREATE INDEX device_seq ON device (seq);

CREATE TABLE channel (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    uuid TEXT NOT NULL UNIQUE, network INTEGER NOT NULL, address TEXT NOT NULL, name TEXT NOT NULL,
    base_url TEXT NOT NULL, account_id TEXT NOT NULL, account_handle TEXT NOT NULL, account_name TEXT NOT NULL,
    login TEXT NOT NULL, purpose INTEGER NOT NULL, team INTEGER REFERENCES team,
    pull_every INTEGER NOT NULL, horizon INTEGER NOT NULL, work_since INTEGER NOT NULL, created_at INTEGER NOT NULL,
    removed_at INTEGER NOT NULL DEFAULT 0,
    paused_by INTEGER REFERENCES agent, pause_reason TEXT NOT NULL DEFAULT '',
    health INTEGER NOT NULL DEFAULT 0, health_detail TEXT NOT NULL DEFAULT '', health_since INTEGER NOT NULL DEFAULT 0,
    health_until INTEGER NOT NULL DEFAULT 0,
    can_reply INTEGER NOT NULL DEFAULT 0, can_reply_privately INTEGER NOT NULL DEFAULT 0,
    can_like INTEGER NOT NULL DEFAULT 0, can_boost INTEGER NOT NULL DEFAULT 0, can_hide INTEGER NOT NULL DEFAULT 0,
    can_delete_own INTEGER NOT NULL DEFAULT 0, can_ask INTEGER NOT NULL DEFAULT 0,
    has_content_warning INTEGER NOT NULL DEFAULT 0, count_rule INTEGER NOT NULL DEFAULT 1,
    max_length INTEGER NOT NULL DEFAULT 0, per_url INTEGER NOT NULL DEFAULT 0, max_media INTEGER NOT NULL DEFAULT 0,
    max_media_bytes INTEGER NOT NULL DEFAULT 0, key_lifetime INTEGER NOT NULL DEFAULT 0,
    visibility_delay INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX channel_seq ON channel (seq);

CREATE TABLE contact (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    merged_into INTEGER REFERENCES contact
) STRICT;
CREATE INDEX contact_seq ON contact (seq);
CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE identity (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER NOT NULL,
    contact INTEGER NOT NULL REFERENCES contact, remote_id TEXT NOT NULL, handle TEXT NOT NULL, name TEXT NOT NULL,
    url TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX identity_remote ON identity (channel, remote_id) WHERE remote_id <> '';
CREATE INDEX identity_contact ON identity (contact);
CREATE INDEX identity_handle ON identity (handle COLLATE NOCASE);
CREATE INDEX identity_name ON identity (name COLLATE NOCASE);
CREATE INDEX identity_seq ON identity (seq);

-- alias_of: this thread was found to be part of another one; its uri still leads there.
CREATE TABLE thread (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER NOT NULL,
    uri TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, alias_of INTEGER REFERENCES thread,
    UNIQUE (channel, uri)
) STRICT;
CREATE INDEX thread_alias ON thread (alias_of) WHERE alias_of IS NOT NULL;
CREATE INDEX thread_seq ON thread (seq);

-- ordinal: 0, or n for the n-th conversation of the same author in the same thread (reopened after a long time).
-- *_seq, *_by: when and by whom a field last changed. public_seq: the change number at which something public last became
-- part of the conversation, public_device the device that did it ('' = the network), public_seq_other the newest one
-- that any other device did. newest_message: the newest inbound one. trouble: replies that failed or are unsure.
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER NOT NULL,
    number INTEGER NOT NULL UNIQUE, thread INTEGER NOT NULL REFERENCES thread, identity INTEGER NOT NULL REFERENCES identity,
    ordinal INTEGER NOT NULL DEFAULT 0, contact INTEGER NOT NULL REFERENCES contact, follows INTEGER REFERENCES conversation,
    subject TEXT NOT NULL, snippet TEXT NOT NULL,
    status INTEGER NOT NULL, reason INTEGER NOT NULL DEFAULT 0, duplicate_of INTEGER REFERENCES conversation,
    snoozed_until INTEGER NOT NULL DEFAULT 0, assignee INTEGER REFERENCES agent, team INTEGER REFERENCES team,
    priority INTEGER NOT NULL DEFAULT 1, needs_answer INTEGER NOT NULL DEFAULT 0, is_imported INTEGER NOT NULL DEFAULT 0,
    is_private INTEGER NOT NULL DEFAULT 0, trouble INTEGER NOT NULL DEFAULT 0,
    message_count INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, last_message_at INTEGER NOT NULL,
    waiting_since INTEGER NOT NULL DEFAULT 0, newest_message INTEGER NOT NULL DEFAULT 0,
    public_seq INTEGER NOT NULL, public_device TEXT NOT NULL DEFAULT '', public_seq_other INTEGER NOT NULL DEFAULT 0,
    status_seq INTEGER NOT NULL DEFAULT 0, status_by INTEGER, assignee_seq INTEGER NOT NULL DEFAULT 0, assignee_by INTEGER,
    priority_seq INTEGER NOT NULL DEFAULT 0, priority_by INTEGER
) STRICT;
CREATE UNIQUE INDEX conversation_unit ON conversation (channel, thread, identity, ordinal);
CREATE INDEX conversation_thread ON conversation (thread);
CREATE INDEX conversation_contact ON conversation (contact, last_message_at, id);
CREATE INDEX conversation_newest ON conversation (last_message_at, id);
CREATE INDEX conversation_channel ON conversation (channel, last_message_at, id);
CREATE INDEX conversation_status ON conversation (status, last_message_at, id);
CREATE INDEX conversation_open ON conversation (assignee, last_message_at, id) WHERE status = 0;
CREATE INDEX conversation_channel_open ON conversation (channel, last_message_at, id) WHERE status = 0;
CREATE INDEX conversation_waiting ON conversation (waiting_since, id) WHERE status = 0 AND needs_answer = 1;
CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE status = 2;
CREATE INDEX conversation_trouble ON conversation (last_message_at, id) WHERE trouble > 0;
CREATE INDEX conversation_seq ON conversation (seq);

-- uri_key: the first 8 bytes of the uri's hash, so that the index stays small; equal keys are compared by uri.
-- sort_at: min(network time, arrival). agent: who wrote a reply or note (null = given outside Earshot).
-- Others' talk in a thread (kind context, and our own posts that answer nobody) has no conversation, only its thread.
CREATE TABLE message (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER NOT NULL,
    conversation INTEGER REFERENCES conversation, thread INTEGER REFERENCES thread, kind INTEGER NOT NULL,
    identity INTEGER REFERENCES identity, agent INTEGER REFERENCES agent, uuid TEXT, uri_key INTEGER, uri TEXT NOT NULL, remote_id TEXT NOT NULL, url TEXT NOT NULL,
    parent_uri TEXT NOT NULL, sort_at INTEGER NOT NULL, sent_at INTEGER NOT NULL, arrived_at INTEGER NOT NULL,
    edited_at INTEGER NOT NULL DEFAULT 0, text TEXT NOT NULL, content_warning TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '', visibility INTEGER NOT NULL DEFAULT 0, presence INTEGER NOT NULL DEFAULT 0,
    moderation INTEGER NOT NULL DEFAULT 0, rating INTEGER, mentions TEXT NOT NULL DEFAULT '', liked INTEGER NOT NULL DEFAULT 0,
    boosted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX message_conversation ON message (conversation, sort_at, id) WHERE conversation IS NOT NULL;
CREATE INDEX message_thread ON message (thread, sort_at, id) WHERE thread IS NOT NULL;
CREATE INDEX message_uri ON message (channel, uri_key) WHERE uri_key IS NOT NULL;
CREATE UNIQUE INDEX message_uuid ON message (uuid) WHERE uuid IS NOT NULL;
CREATE INDEX message_seq ON message (seq);

-- The text that an edit replaced.
CREATE TABLE message_version (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER NOT NULL,
    message INTEGER NOT NULL REFERENCES message, replaced_at INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX message_version_message ON message_version (message);
CREATE INDEX message_version_seq ON message_version (seq);

CREATE TABLE media (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER NOT NULL,
    message INTEGER NOT NULL REFERENCES message, position INTEGER NOT NULL, remote_url TEXT NOT NULL, preview_url TEXT NOT NULL,
    hash TEXT NOT NULL, type TEXT NOT NULL, description TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX media_message ON media (message, position);
CREATE INDEX media_seq ON media (seq);

CREATE TABLE tag (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX tag_name ON tag (name COLLATE NOCASE);
CREATE INDEX tag_seq ON tag (seq);

CREATE TABLE conversation_tag (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversation, tag INTEGER NOT NULL REFERENCES tag, UNIQUE (conversation, tag)
) STRICT;
CREATE INDEX conversation_tag_tag ON conversation_tag (tag, conversation);
CREATE INDEX conversation_tag_seq ON conversation_tag (seq);

-- @mentions in notes: what "Notes to me" lists.
CREATE TABLE note_mention (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER NOT NULL,
    message INTEGER NOT NULL REFERENCES message, conversation INTEGER NOT NULL REFERENCES conversation,
    agent INTEGER NOT NULL REFERENCES agent, UNIQUE (message, agent)
) STRICT;
CREATE INDEX note_mention_agent ON note_mention (agent, conversation);
CREATE INDEX note_mention_seq ON note_mention (seq);

-- One effect on a network. message: the reply that it publishes, or the message that it likes, hides, deletes.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER NOT NULL,
    uuid TEXT NOT NULL UNIQUE, conversation INTEGER NOT NULL REFERENCES conversation,
    message INTEGER NOT NULL REFERENCES message, target INTEGER REFERENCES message, effect INTEGER NOT NULL, state INTEGER NOT NULL,
    agent INTEGER REFERENCES agent, device TEXT NOT NULL, based_on INTEGER NOT NULL, held_until INTEGER NOT NULL, created_at INTEGER NOT NULL,
    queued_at INTEGER NOT NULL DEFAULT 0, then_resolve INTEGER NOT NULL DEFAULT 0, failure TEXT NOT NULL DEFAULT '',
    failure_detail TEXT NOT NULL DEFAULT '', retry_at INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
    digest TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX delivery_message ON delivery (message);
CREATE INDEX delivery_conversation ON delivery (conversation);
CREATE INDEX delivery_unfinished ON delivery (state, channel, id) WHERE state IN (2, 3, 4, 5, 7, 8);
CREATE INDEX delivery_seq ON delivery (seq);

-- What was done: one row for every applied action (action = its UUID), and one for every thing that the network did and
-- a person must see (action null).
CREATE TABLE journal (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, created_seq INTEGER NOT NULL, channel INTEGER,
    action TEXT, at INTEGER NOT NULL, agent INTEGER REFERENCES agent, device TEXT NOT NULL, device_number INTEGER NOT NULL,
    kind TEXT NOT NULL, conversation INTEGER REFERENCES conversation, message INTEGER REFERENCES message,
    before TEXT NOT NULL, after TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX journal_action ON journal (action) WHERE action IS NOT NULL;
CREATE INDEX journal_conversation ON journal (conversation, id) WHERE conversation IS NOT NULL;
CREATE INDEX journal_seq ON journal (seq);

-- Rows that are no more, kept 90 days. `name` is the table.
CREATE TABLE tombstone (
    seq INTEGER PRIMARY KEY, channel INTEGER, name TEXT NOT NULL, row INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX tombstone_at ON tombstone (at);
