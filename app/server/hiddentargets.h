// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/viewer.h"

#include <QJsonObject>

namespace Earshot {

/// Whether the arguments of an action or a method name something that is there and that the viewer may not see. It is
/// told that there is no such thing; the access log tells it apart.
[[nodiscard]] bool aimsAtHidden(Database &database, const Viewer &viewer, const QJsonObject &arguments);

/// What arguments are about, for the access log: " conversation 2 message 5". Ids alone, no words.
[[nodiscard]] QString targetsOf(const QJsonObject &arguments);

/// What follows them there where the viewer may not see them.
constexpr QLatin1StringView hiddenMark(" (hidden)");

} // namespace Earshot
