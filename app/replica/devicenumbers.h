// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

#include <QStringList>

namespace Earshot {

// Which device this one is at the server, and the numbers under which it acts (design section 3).

/// The server knows it under this name now: the numbers of another one say nothing.
void storeDevice(Writing &writing, const QString &device);
/// The names that it had before, the newest last.
[[nodiscard]] QStringList formerDevices(Database &database);
/// Of the next action that is sent.
[[nodiscard]] qint64 nextNumber(Database &database);
/// The last one that is taken, whatever the rows here say.
void storeLastNumber(Database &database, qint64 number);

} // namespace Earshot
