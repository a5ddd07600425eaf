-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- left_out: handles that a reply does not name although the message answered would have them named, one a line: whoever
-- takes it back writes on with them. (delivery_wish is the deliverer's and never leaves its machine.)
ALTER TABLE delivery ADD COLUMN left_out TEXT NOT NULL DEFAULT '';
UPDATE delivery SET left_out = (SELECT w.left_out FROM delivery_wish AS w WHERE w.delivery = delivery.id)
WHERE id IN (SELECT delivery FROM delivery_wish WHERE left_out <> '');
