// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Earshot {

/// Prints what nothing that is durable can be faster than, on this machine and the disk of this folder: a page appended
/// and synchronised, SQLite's smallest durable transaction (one row, write-ahead log), and a frame of 120 bytes that
/// goes over loopback through a relay that synchronises it.
void printDiskFloor(const QString &folder);

} // namespace Earshot
