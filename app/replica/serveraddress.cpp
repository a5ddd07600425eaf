// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/serveraddress.h"

#include <QHostAddress>

namespace Earshot {

namespace {

bool isThisMachine(const QString &host)
{
    return host == QLatin1StringView("localhost") || QHostAddress(host).isLoopback();
}

} // namespace

Result<QUrl> parseServer(const QString &text)
{
    const bool hasScheme = text.contains(QLatin1StringView("://"));
    QUrl url(hasScheme ? text : QStringLiteral("https://") + text, QUrl::StrictMode);
    // As a server says where it listens on this machine, where nobody is on the way.
    if (!hasScheme && isThisMachine(url.host()))
        url.setScheme(QStringLiteral("http"));
    const bool isWeb = url.scheme() == QLatin1StringView("https") || url.scheme() == QLatin1StringView("http");
    const bool isBare = (url.path().isEmpty() || url.path() == QLatin1StringView("/")) && !url.hasQuery() &&
                        url.userInfo().isEmpty() && !url.hasFragment();
    if (!url.isValid() || !isWeb || url.host().isEmpty() || !isBare)
        return fail(ErrorKind::invalid,
                    QStringLiteral("a server has an address like https://desk.example, not \"%1\"").arg(text));
    if (url.scheme() == QLatin1StringView("http") && !isThisMachine(url.host()))
        return fail(ErrorKind::invalid,
                    QStringLiteral("http:// would show your log-in to everybody on the way to %1: use https://")
                        .arg(url.host()));
    url.setPath({});
    return url;
}

QString tokenNameOf(const QUrl &server)
{
    return QStringLiteral("server/") + server.toString();
}

} // namespace Earshot
