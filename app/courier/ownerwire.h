// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "workspace/workspace.h"

#include <QJsonObject>

namespace Earshot {

// What goes over the local socket between a workspace's owner and the processes beside it. Requests and answers are
// lines of JSON: {"id", "method", "arguments"} and {"id", "result"}; actions and outcomes as in model/actionjson.h.
// Whoever has asked "Desk/follow" is also told {"changed": notice} after each commit.

/// The name of the local socket of a workspace's owner: one per file and user.
[[nodiscard]] QString ownerSocketName(const QString &workspacePath);

[[nodiscard]] QJsonObject toJson(const ChannelReport &report);
[[nodiscard]] ChannelReport reportFromJson(const QJsonObject &json);
[[nodiscard]] QJsonObject toJson(const CommitNotice &notice);
[[nodiscard]] CommitNotice noticeFromJson(const QJsonObject &json);

} // namespace Earshot
