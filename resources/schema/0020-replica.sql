-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- era: the incarnation of the server under which an entry was decided and sent: in another one its numbers and ids mean
-- something else; '' = that was not known
-- part: of a reply in several ones, which of those that the one that it takes back made: 0 = the first
-- refused_here: the server has decided nothing: under the same id it can still be done once

ALTER TABLE outbox ADD COLUMN era TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN refused_here INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_conversation ON outbox (conversation, id) WHERE conversation IS NOT NULL;
