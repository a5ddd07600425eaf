// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QJsonObject>
#include <QString>

namespace Earshot {

// A note beside a replica that is there, or is not, whatever ends the program or the power: written anew and renamed.

[[nodiscard]] Done writeNote(const QString &file, const QJsonObject &note);
/// Nothing where there is none, or it is none.
[[nodiscard]] QJsonObject readNote(const QString &file);
/// What the notes with that ending in a folder lie beside.
[[nodiscard]] QStringList pathsWithNote(const QString &folder, const QString &ending);

} // namespace Earshot
