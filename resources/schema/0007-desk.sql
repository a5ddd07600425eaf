-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What the sending of a reply has to know besides what everybody sees of it. A delivery without a row has none of it.
-- left_out: handles that it does not name although the message answered would have them named, one a line.
-- may_widen: a person has said that more people may see it than the message answered.
-- after_delivery: the part of the same reply that must have been published before this one.
CREATE TABLE delivery_wish (
    delivery INTEGER PRIMARY KEY REFERENCES delivery, left_out TEXT NOT NULL, may_widen INTEGER NOT NULL,
    after_delivery INTEGER REFERENCES delivery
) STRICT;
CREATE INDEX delivery_wish_after ON delivery_wish (after_delivery) WHERE after_delivery IS NOT NULL;
