// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QUrl>

namespace Earshot {

/// Whether a host is surely this very machine, so that secrets may go there in the clear. Names may begin with numbers:
/// "127.shop.example" is somebody else's. @param host as QUrl::host() gives it
[[nodiscard]] inline bool isThisMachine(const QString &host)
{
    return host == QLatin1StringView("localhost") || QHostAddress(host).isLoopback();
}

/// Where secrets may be sent to: encrypted, or this very machine.
[[nodiscard]] inline bool isSafeForSecrets(const QUrl &url)
{
    return !url.host().isEmpty() && url.userInfo().isEmpty() &&
           (url.scheme() == QLatin1StringView("https") ||
            (url.scheme() == QLatin1StringView("http") && isThisMachine(url.host())));
}

/// The address of a server alone: scheme, host and port.
[[nodiscard]] inline QString originOf(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace Earshot
