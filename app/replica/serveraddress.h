// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QUrl>

namespace Earshot {

/// A server's address as a person types it: "desk.example", "https://desk.example:8443". Without a scheme it is https,
/// on this machine http; that is for this machine only, as it would show the token to whoever listens. Errors: invalid.
[[nodiscard]] Result<QUrl> parseServer(const QString &text);

/// Under which name a store of secrets keeps the token of this device for a server.
[[nodiscard]] QString tokenNameOf(const QUrl &server);

} // namespace Earshot
