// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace Earshot {

/// Where a workspace's file is copied before it is brought up to `version` of the schema; its pictures lie beside it.
[[nodiscard]] QString copyBefore(const QString &path, int version);

/// Removes such copies that are of a replica, with their pictures, and what is left of unfinished ones. One of a
/// workspace that was in the same place before is the only one that there is of that, and stays. Any thread.
/// @return what is of a replica, or may be, and could not be removed
[[nodiscard]] QStringList removeReplicaCopies(const QString &path);

} // namespace Earshot
