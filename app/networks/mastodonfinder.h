// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/registry.h"

namespace Earshot {

/// What an address is on a server with the Mastodon client API: the account with sign-in, the account listened to in
/// public, a hashtag. Understands what parseMastodonAddress() does; a post's page leads to its author. An empty list
/// when the address is of another kind or its host does not speak this API. Errors: those of the transport when nothing
/// could be asked.
[[nodiscard]] QFuture<Result<QList<Finding>>> findMastodon(const QString &address, const NetworkSetting &setting);

} // namespace Earshot
