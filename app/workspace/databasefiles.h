// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace Earshot {

/// What SQLite keeps of a database, with the file itself, which comes last: their names' ends. A journal is there until
/// a new file has its log.
[[nodiscard]] QStringList endsOfDatabase();

/// Removes one that nobody has open, or the rest of one that could not be made.
void removeDatabase(const QString &path);

} // namespace Earshot
