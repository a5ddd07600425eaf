-- SPDX-FileCopyrightText: 2026 Earshot developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id FROM conversation WHERE id > :after ORDER BY id LIMIT :limit;
