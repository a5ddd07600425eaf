// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>

#include <functional>

namespace Earshot {

/// Puts something in the place of every id among an action's arguments, also inside of a view's filter.
/// @param replace told the member's name ("conversation", "tags", ...) and the id
void eachId(QJsonObject &action, const std::function<QJsonValue(const QString &member, const QJsonValue &id)> &replace);

} // namespace Earshot
