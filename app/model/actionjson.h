// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "model/error.h"
#include "model/outcome.h"

#include <QJsonObject>

namespace Earshot {

// Actions and outcomes as JSON: what a process without the file sends to its owner, and the arguments and answers of
// the protocol's method Action/perform. Names are the words of the house, ids are numbers (null = none), times are RFC
// 3339 in UTC (null = not known), what is optional and left out is null. Writing what was read gives the same object.
//
//   {"id", "device", "number", "actor", "claimedAt", "basedOn", "force", "kind", "arguments": {...}}
//   {"outcome": "applied"|"refused"|"unknown", "refusal": null|{...}, "seq", "created", "hadEffect",
//    "inverse": null|{"kind", "arguments"}, "undoBasedOn"}

[[nodiscard]] QJsonObject toJson(const Action &action);
[[nodiscard]] QJsonObject toJson(const Outcome &outcome);

/// Strict: a member that is missing, of another type or out of its word list is refused, whoever sent it. Members that
/// this version does not know are passed over: types only gain properties.
/// Errors: invalid, the detail being the member's path ("arguments.until").
[[nodiscard]] Result<Action> actionFromJson(const QJsonObject &object);
[[nodiscard]] Result<Outcome> outcomeFromJson(const QJsonObject &object);

/// A view by itself, as in the arguments of saveView.
[[nodiscard]] QJsonObject toJson(const ViewContent &view);
[[nodiscard]] Result<ViewContent> viewFromJson(const QJsonObject &object);

} // namespace Earshot
