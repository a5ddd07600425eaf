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

/// "@name@host" when the page is somebody's profile on a server of the fediverse, as it says itself by its link to the
/// same in ActivityPub's form; empty otherwise. Only Mastodon's own family has addresses that tell it without asking.
[[nodiscard]] QString profileIn(const HttpAnswer &page);

} // namespace Earshot
