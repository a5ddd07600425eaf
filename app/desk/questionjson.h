// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/questions.h"

#include <QJsonObject>

namespace Earshot {

// Questions and answers as the protocol carries them: ids are texts (null = none), times RFC 3339 in UTC (null = not
// known), words those of the house. A list is {"list": [...]}, what may not be there a list of none or one, everything
// else an object of its members.

[[nodiscard]] QString methodOf(const Question &question);
[[nodiscard]] bool isQuestion(const QString &method);

/// Arguments that are left out have their defaults.
[[nodiscard]] QJsonObject toJson(const Question &question);
/// Errors: invalid, the detail being the argument.
[[nodiscard]] Result<Question> questionFromJson(const QString &method, const QJsonObject &arguments);

[[nodiscard]] QJsonObject toJson(const Answer &answer);
/// Errors: malformed.
[[nodiscard]] Result<Answer> answerFromJson(const Question &question, const QJsonObject &json);

// What goes with channels, in the same form.
[[nodiscard]] QJsonObject toWire(const QList<Finding> &findings);
[[nodiscard]] QJsonObject toWire(const NewChannel &channel);
/// Of what is shown before connecting: who, when and what.
[[nodiscard]] QJsonObject toWire(const QList<RemoteMessage> &latest);
[[nodiscard]] QJsonObject toWire(const Capabilities &capabilities);
[[nodiscard]] QJsonObject toWire(const QList<ChannelReport> &reports);
/// Errors: invalid, the detail being the member.
[[nodiscard]] Result<QList<Finding>> findingsFromWire(const QJsonObject &json);
[[nodiscard]] Result<NewChannel> newChannelFromWire(const QJsonObject &json);
[[nodiscard]] Result<QList<RemoteMessage>> latestFromWire(const QJsonObject &json);
[[nodiscard]] Result<Capabilities> capabilitiesFromWire(const QJsonObject &json);
[[nodiscard]] Result<QList<ChannelReport>> reportsFromWire(const QJsonObject &json);

} // namespace Earshot
