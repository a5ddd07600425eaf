-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What belongs to no conversation: few rows among millions, told apart for the slices of the first synchronisation.
CREATE INDEX journal_apart ON journal (channel) WHERE conversation IS NULL;
