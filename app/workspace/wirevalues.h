// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QVariant>

namespace Earshot {

class Statement;

// One value of a synchronised row as the protocol has it; whole rows are in wirerows.h, which says what is written how.

/// How a column's value travels.
enum class WireForm {
    text,
    number,
    flag,
    reference, ///< another row's id, or the row's own
    time,
    lines, ///< text of lines: a list
    network,
    purpose,
    role,
    status,
    reason,
    priority,
    messageKind,
    visibility,
    presence,
    moderation,
    effect,
    deliveryState,
    health,
    countRule,
};

/// What the row that the statement stands on has in this column.
[[nodiscard]] QJsonValue wireValue(const Statement &row, int column, WireForm form);

/// The same, written at once as JSON in UTF-8 at the end of `to`: what many are told of, and what a thousand follow, is
/// not built up as objects first.
void appendWireValue(QByteArray &to, const Statement &row, int column, WireForm form);

/// The way back: what is stored. @return an invalid one when it is not what a column of that form holds
[[nodiscard]] QVariant storedFromWire(WireForm form, const QJsonValue &value);

} // namespace Earshot
