// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/decide.h"
#include "workspace/database.h"

namespace Earshot {

/// The newest wish since the action's `basedOn`, of what its effect or duty is about, or to send again what it takes
/// back or sends again, that was made at none of these devices. On whatever thread the database is; errors are the
/// database's.
/// @return none also where the action is of another kind or is based on nothing: then nothing is read
[[nodiscard]] std::optional<OtherWish> loadOtherWish(Database &database, const Action &action,
                                                     const QStringList &devices);

} // namespace Earshot
