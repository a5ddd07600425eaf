// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "model/error.h"

#include <QHash>
#include <QJsonObject>
#include <QUuid>

namespace Earshot {

/// What actions of this request made: an action's UUID and the id.
using CreatedIds = QHash<QUuid, qint64>;

/// The action UUIDs that an action's arguments name as "#UUID": what those actions made.
[[nodiscard]] QList<QUuid> referencesOf(const QJsonObject &action);

/// An action as Action/perform takes it: as model/actionjson.h has it, but ids may be strings, as everywhere in the
/// protocol, or "#UUID"; and device, number, actor, claimedAt, basedOn, force and arguments that are optional may be
/// left out. The device is the token's.
/// Errors: invalid, the detail being the member's path; notFound: a "#UUID" made nothing; refused, the detail being
/// withdrawnDetail: it is a withdrawal.
[[nodiscard]] Result<Action> readAction(const QJsonObject &action, const CreatedIds &created, const QUuid &device);

} // namespace Earshot
