// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/jmaprequest.h"
#include "server/viewer.h"

namespace Earshot {

/// What a reading method is given: one snapshot, seen by one agent. Any thread.
struct MethodContext
{
    Database &database;
    const Viewer &viewer;
    const ServerLimits &limits;
    Time now;
    Duration &searchTimeLeft; ///< of the request; a search has at least one page's time
};

/// Row/changes, Row/checksum, Draft/changes, Xxx/get, Xxx/changes and Xxx/queryChanges of every synchronised type,
/// Conversation/query and Message/query. Errors: unknownMethod, accountNotFound, and those of RFC 8620 5.
[[nodiscard]] MethodResult runReadMethod(MethodContext &context, const QString &name, const QJsonObject &arguments);
[[nodiscard]] bool isReadMethod(const QString &name);

// Internal: the families, each in a file of its own.
[[nodiscard]] MethodResult getRows(MethodContext &context, const QByteArray &table, const QJsonObject &arguments);
[[nodiscard]] MethodResult changedRows(MethodContext &context, const QByteArray &table, const QJsonObject &arguments);
[[nodiscard]] MethodResult changesOfAllRows(MethodContext &context, const QJsonObject &arguments);
[[nodiscard]] MethodResult checksumOfRows(MethodContext &context, const QJsonObject &arguments);
[[nodiscard]] MethodResult queryConversations(MethodContext &context, const QJsonObject &arguments);
[[nodiscard]] MethodResult queryMessages(MethodContext &context, const QJsonObject &arguments);

} // namespace Earshot
