// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/authenticator.h"
#include "server/jmaprequest.h"
#include "server/viewer.h"

namespace Earshot {

/// The JMAP session object (RFC 8620 2).
/// @param base the server's address as the client knows it, "https://desk.example"
[[nodiscard]] QJsonObject sessionObject(const Viewer &viewer, const Principal &principal, const ServerLimits &limits,
                                        const QString &base, const QString &workspaceName);

/// What `sessionState` is for this agent: another string whenever its session object is another.
[[nodiscard]] QString sessionStateOf(const Viewer &viewer);

} // namespace Earshot
