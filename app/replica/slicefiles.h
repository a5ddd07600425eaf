// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace Earshot {

// A slice on its way into a replica lies beside it: packed as it arrives, then unpacked.

[[nodiscard]] QString packedSliceFile(const QString &replica, const QString &blob);
[[nodiscard]] QString plainSliceFile(const QString &replica, const QString &blob);

/// Removes all of them but some. Any thread.
/// @param kept packed ones' paths
/// @return what could not be removed
QStringList removeSliceFiles(const QString &replica, const QStringList &kept = {});

/// Removes those that are unpacked: what was put in of them is put in again. Any thread.
void removePlainSliceFiles(const QString &replica);

} // namespace Earshot
