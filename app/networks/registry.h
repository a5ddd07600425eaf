// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"

namespace Earshot {

class BrowserSignIn;

/// What connectors and finders are given by the one who makes them. All outlive what is made.
struct NetworkSetting
{
    HttpTransport *http = nullptr;
    const Clock *clock = nullptr;
};

/// The connector of a channel's network; null when this build has none for it.
[[nodiscard]] std::unique_ptr<Connector> makeConnector(const ChannelAccess &access, const NetworkSetting &setting);

/// Signing in to a network through the browser; null where that has none.
/// @param address as in Finding
[[nodiscard]] std::unique_ptr<BrowserSignIn> makeSignIn(Network network, const QString &address,
                                                        const NetworkSetting &setting);

/// Finds out what lives at an address that somebody pasted: a site, a page, a feed, "@name@host", "#tag@host", with or
/// without "https://". Every possibility in the order of usefulness, the best one marked; those that deliver the same
/// items named by `sameAs`. Errors: invalid (not an address), notFound (nobody has
/// this name there), and those of the transport when nothing could be asked.
[[nodiscard]] QFuture<Result<QList<Finding>>> discover(const QString &address, const NetworkSetting &setting);

} // namespace Earshot
