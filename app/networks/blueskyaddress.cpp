// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyaddress.h"

#include "networks/hosts.h"

#include <QRegularExpression>
#include <QUrlQuery>

namespace Earshot {

namespace {

const auto publicHost = QStringLiteral("bsky.app");

bool isName(QStringView text)
{
    return isHandle(text) || isDid(text);
}

/// A page at bsky.app, or at a server that names its accounts the same way.
std::optional<BlueskyAddress> fromPage(const QUrl &url)
{
    BlueskyAddress address;
    if (url.host() != publicHost && url.host() != QLatin1StringView("www.bsky.app"))
        address.server =
            url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    const QStringList path = url.path(QUrl::FullyDecoded).split(QLatin1Char('/'), Qt::SkipEmptyParts);
    const QString area = path.value(0);
    address.name = path.value(1);
    if (area == QLatin1StringView("profile") && isName(address.name)) {
        if (path.value(2) == QLatin1StringView("post") && path.size() == 4) {
            address.kind = BlueskyAddress::Kind::post;
            address.key = path.at(3);
        }
        return address;
    }
    if (area == QLatin1StringView("hashtag") && path.size() == 2) {
        address.kind = BlueskyAddress::Kind::tag;
        return address;
    }
    if (area == QLatin1StringView("search")) {
        address.kind = BlueskyAddress::Kind::search;
        address.name = QUrlQuery(url).queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded);
        address.name = address.name.replace(QLatin1Char('+'), QLatin1Char(' ')).simplified();
        return address.name.isEmpty() ? std::nullopt : std::optional(address);
    }
    if (path.isEmpty() && !address.server.isEmpty()) {
        address.kind = BlueskyAddress::Kind::server;
        address.name.clear();
        return address;
    }
    return {};
}

} // namespace

bool isHandle(QStringView text)
{
    static const QRegularExpression pattern(QStringLiteral(
        "^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$"));
    return text.size() <= 253 && pattern.match(text.toString()).hasMatch();
}

bool isDid(QStringView text)
{
    static const QRegularExpression pattern(QStringLiteral("^did:(?:plc|web):[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]$"));
    return text.size() <= 2048 && pattern.match(text.toString()).hasMatch();
}

QString AtUri::toString() const
{
    return QLatin1StringView("at://") + repo + QLatin1Char('/') + collection + QLatin1Char('/') + key;
}

AtUri parseAtUri(const QString &uri)
{
    static const QRegularExpression pattern(
        QStringLiteral("^at://([a-zA-Z0-9._:%-]+)/([a-zA-Z0-9.-]+)/([a-zA-Z0-9._:~-]+)$"));
    const QRegularExpressionMatch match = pattern.match(uri);
    return {match.captured(1), match.captured(2), match.captured(3)};
}

QString BlueskyAddress::toString() const
{
    const QString root = server.isEmpty() ? QLatin1StringView("https://") + publicHost : server.toString();
    switch (kind) {
    case Kind::account:
        if (server.isEmpty())
            return isDid(name) ? name : QString(QLatin1Char('@') + name);
        return root + QLatin1StringView("/profile/") + name;
    case Kind::post:
        return root + QLatin1StringView("/profile/") + name + QLatin1StringView("/post/") + key;
    case Kind::tag:
        return root + QLatin1StringView("/hashtag/") + QString::fromLatin1(QUrl::toPercentEncoding(name));
    case Kind::search:
        return root + QLatin1StringView("/search?q=") + QString::fromLatin1(QUrl::toPercentEncoding(name));
    case Kind::server:
        return root + QLatin1Char('/');
    }
    Q_UNREACHABLE();
}

std::optional<BlueskyAddress> parseBlueskyAddress(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.startsWith(QLatin1StringView("at://"))) {
        BlueskyAddress address;
        const AtUri uri = parseAtUri(trimmed);
        address.name = uri.isValid() ? uri.repo : trimmed.mid(5).section(QLatin1Char('/'), 0, 0);
        if (uri.isValid() && uri.collection == QLatin1StringView("app.bsky.feed.post")) {
            address.kind = BlueskyAddress::Kind::post;
            address.key = uri.key;
        }
        return isName(address.name) ? std::optional(address) : std::nullopt;
    }
    BlueskyAddress address;
    address.name = trimmed.startsWith(QLatin1Char('@')) ? trimmed.mid(1) : trimmed;
    if (isName(address.name)) {
        if (!isDid(address.name))
            address.name = address.name.toLower();
        return address;
    }
    const bool hasScheme = trimmed.startsWith(QLatin1StringView("http://"), Qt::CaseInsensitive) ||
                           trimmed.startsWith(QLatin1StringView("https://"), Qt::CaseInsensitive);
    if (!hasScheme && (trimmed.contains(QLatin1StringView("://")) || trimmed.contains(QLatin1Char('@')) ||
                       trimmed.contains(QLatin1Char(' '))))
        return {};
    QUrl url(hasScheme ? trimmed : QString(QLatin1StringView("https://") + trimmed));
    if (!hasScheme && isThisMachine(url.host()))
        url.setScheme(QStringLiteral("http"));
    // A password is never sent in the clear to another machine.
    if (url.scheme() == QLatin1StringView("http") && !isThisMachine(url.host()))
        url.setScheme(QStringLiteral("https"));
    const bool isHost = url.host().contains(QLatin1Char('.')) || isThisMachine(url.host());
    return url.isValid() && isHost ? fromPage(url) : std::nullopt;
}

} // namespace Earshot
