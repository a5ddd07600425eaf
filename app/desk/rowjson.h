// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QHash>
#include <QJsonObject>

namespace Earshot {

// The workspace's rows as JSON for scripts: the words of the house in camelCase, times in RFC 3339 (UTC), null for what
// is not there. Keys are only ever added.

using ChannelsById = QHash<ChannelId, ChannelRecord>;

/// `id` is the conversation's short number: what every command takes.
[[nodiscard]] QJsonObject conversationJson(const ConversationRecord &conversation, const ChannelsById &channels);
[[nodiscard]] QJsonObject messageJson(const MessageRecord &message);

/// Who wrote: the name, else the handle.
[[nodiscard]] QString authorOf(const MessageRecord &message);

[[nodiscard]] QJsonValue idJson(qint64 id);
[[nodiscard]] QJsonValue timeJson(Time time);
/// null when empty.
[[nodiscard]] QJsonValue textJson(const QString &text);

/// A JSON document of one line or many in which no character can steer a terminal.
[[nodiscard]] QByteArray jsonText(const QJsonValue &value, bool isIndented);

} // namespace Earshot
