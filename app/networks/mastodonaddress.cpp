// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonaddress.h"

#include "networks/hosts.h"

#include <QRegularExpression>

namespace Earshot {

namespace {

using Kind = MastodonAddress::Kind;

const QRegularExpression &namePattern()
{
    static const QRegularExpression pattern(QStringLiteral("^[\\w](?:[\\w.-]*[\\w])?$"));
    return pattern;
}

/// "host" or "host:port" in lower case; nothing when it cannot be one.
std::optional<QString> hostFrom(const QString &text)
{
    const QUrl url(QStringLiteral("http://") + text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.path().isEmpty() || !url.userInfo().isEmpty() || url.hasQuery())
        return std::nullopt;
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    const bool isName = host.contains(QLatin1Char('.')) || host == QLatin1StringView("localhost");
    if (!isName && QHostAddress(host).isNull())
        return std::nullopt;
    return url.authority(QUrl::FullyEncoded).toLower();
}

std::optional<MastodonAddress> make(Kind kind, const QString &name, const QString &host, const QString &postId = {})
{
    const auto clean = hostFrom(host);
    if (!clean)
        return std::nullopt;
    return MastodonAddress{.kind = kind, .name = name, .postId = postId, .host = *clean};
}

std::optional<MastodonAddress> accountAt(const QString &nameAndHost, const QString &pageHost,
                                         const QString &postId = {})
{
    const qsizetype at = nameAndHost.indexOf(QLatin1Char('@'));
    const QString name = at < 0 ? nameAndHost : nameAndHost.left(at);
    if (!namePattern().match(name).hasMatch())
        return std::nullopt;
    // A stranger's page on a server that merely shows it: the account lives elsewhere, the post is asked for here.
    if (!postId.isEmpty())
        return make(Kind::post, name, pageHost, postId);
    return make(Kind::account, name, at < 0 ? pageHost : nameAndHost.mid(at + 1));
}

std::optional<MastodonAddress> fromPage(const QUrl &url)
{
    if (url.host().isEmpty() ||
        !(url.scheme() == QLatin1StringView("https") || url.scheme() == QLatin1StringView("http")))
        return std::nullopt;
    QUrl bare(url);
    bare.setUserInfo(QString());
    const QString host = bare.authority(QUrl::FullyEncoded);
    const QStringList parts = url.path(QUrl::FullyDecoded).split(QLatin1Char('/'), Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return make(Kind::server, {}, host);
    const QString &first = parts.first();
    if (first.startsWith(QLatin1Char('@')) && first.size() > 1) {
        // "/@name/12345", and "/@name/statuses/12345" as GoToSocial has it; "/@name/media" and the like are its
        // profile.
        static const QRegularExpression postId(QStringLiteral("^(?=.*\\d)[\\w-]{5,}$"));
        const QString last = parts.size() > 1 ? parts.last() : QString();
        return accountAt(first.mid(1), host, postId.match(last).hasMatch() ? last : QString());
    }
    if (first == QLatin1StringView("users") && parts.size() >= 2)
        return accountAt(parts.at(1), host,
                         parts.value(2) == QLatin1StringView("statuses") ? parts.value(3) : QString());
    if ((first == QLatin1StringView("tags") || first == QLatin1StringView("tag")) && parts.size() == 2)
        return make(Kind::tag, parts.at(1), host);
    return std::nullopt;
}

} // namespace

QUrl MastodonAddress::baseUrl() const
{
    QUrl url(QStringLiteral("https://") + host);
    if (isThisMachine(url.host()))
        url.setScheme(QStringLiteral("http"));
    return url;
}

QString MastodonAddress::toString() const
{
    switch (kind) {
    case Kind::account:
        return QLatin1Char('@') + name + QLatin1Char('@') + host;
    case Kind::tag:
        return QLatin1Char('#') + name + QLatin1Char('@') + host;
    case Kind::search:
        return QStringLiteral("search:") + name + QLatin1Char('@') + host;
    case Kind::post:
    case Kind::server:
        return host;
    }
    Q_UNREACHABLE();
}

std::optional<MastodonAddress> parseMastodonAddress(const QString &address)
{
    const QString text = address.trimmed();
    if (text.isEmpty() || text.size() > 2000)
        return std::nullopt;
    const qsizetype lastAt = text.lastIndexOf(QLatin1Char('@'));
    const QString host = text.mid(lastAt + 1);
    if (text.startsWith(QLatin1StringView("search:"))) {
        const QString search = lastAt < 0 ? QString() : text.mid(7, lastAt - 7).simplified();
        return search.isEmpty() ? std::nullopt : make(Kind::search, search, host);
    }
    if (text.startsWith(QLatin1Char('#'))) {
        static const QRegularExpression tag(QStringLiteral("^[\\w\\x{00b7}]+$"),
                                            QRegularExpression::UseUnicodePropertiesOption);
        const QString name = lastAt < 0 ? QString() : text.mid(1, lastAt - 1);
        return tag.match(name).hasMatch() ? make(Kind::tag, name, host) : std::nullopt;
    }
    if (text.contains(QLatin1StringView("://")))
        return fromPage(QUrl(text));
    if (text.contains(QLatin1Char('/')))
        return fromPage(QUrl(QStringLiteral("https://") + text));
    if (lastAt > 0) {
        const QString name = text.startsWith(QLatin1Char('@')) ? text.mid(1, lastAt - 1) : text.left(lastAt);
        return namePattern().match(name).hasMatch() ? make(Kind::account, name, host) : std::nullopt;
    }
    return lastAt == 0 ? std::nullopt : make(Kind::server, {}, text);
}

} // namespace Earshot
