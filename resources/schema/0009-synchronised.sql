-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Every index ends with the row's id by itself; named, it was stored twice (six bytes a message).

DROP INDEX message_conversation;
DROP INDEX message_thread;
DROP INDEX conversation_contact;
DROP INDEX conversation_newest;
DROP INDEX conversation_channel;
DROP INDEX conversation_status;
DROP INDEX conversation_open;
DROP INDEX conversation_channel_open;
DROP INDEX conversation_waiting;
DROP INDEX conversation_trouble;
DROP INDEX journal_conversation;

CREATE INDEX message_conversation ON message (conversation, sort_at) WHERE conversation IS NOT NULL;
CREATE INDEX message_thread ON message (thread, sort_at) WHERE thread IS NOT NULL;
CREATE INDEX conversation_contact ON conversation (contact, last_message_at);
CREATE INDEX conversation_newest ON conversation (last_message_at);
CREATE INDEX conversation_channel ON conversation (channel, last_message_at);
CREATE INDEX conversation_status ON conversation (status, last_message_at);
CREATE INDEX conversation_open ON conversation (assignee, last_message_at) WHERE status = 0;
CREATE INDEX conversation_channel_open ON conversation (channel, last_message_at) WHERE status = 0;
CREATE INDEX conversation_waiting ON conversation (waiting_since) WHERE status = 0 AND needs_answer = 1;
CREATE INDEX conversation_trouble ON conversation (last_message_at) WHERE trouble > 0;
CREATE INDEX journal_conversation ON journal (conversation) WHERE conversation IS NOT NULL;
