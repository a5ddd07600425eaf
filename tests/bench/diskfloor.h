// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Earshot {

/// Prints what nothing that is durable can be faster than, on the disk of this folder: a page appended and
/// synchronised, and SQLite's smallest durable transaction (one row, write-ahead log).
void printDiskFloor(const QString &folder);

} // namespace Earshot
