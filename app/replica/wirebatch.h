// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/wirerows.h"
#include "workspace/workspace.h"

#include <QJsonObject>

namespace Earshot {

/// The rows and tombstones of objects with `rows` and `destroyed` (an answer to Row/changes, the changes of a Delta),
/// in the order of their numbers. Those of types that this program does not know are left out. Errors: malformed.
[[nodiscard]] Result<ChangeBatch> readRows(Workspace &workspace, const QList<QJsonObject> &changes,
                                           Lacking lacking = Lacking::isWrong);

} // namespace Earshot
