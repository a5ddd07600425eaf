// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedrequest.h"

#include "networks/aside.h"

#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

using namespace Qt::StringLiterals;

HttpRequest feedRequest(const ChannelAccess &access, const QUrl &url, const QByteArray &etag,
                        const QByteArray &modified)
{
    HttpRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/atom+xml, application/rss+xml, application/feed+json, "
                                  "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"}};
    if (!etag.isEmpty())
        request.headers.append({"If-None-Match", etag});
    if (!modified.isEmpty())
        request.headers.append({"If-Modified-Since", modified});
    const QUrl own = feedUrl(access);
    const bool isOwnPlace = url.scheme() == own.scheme() && url.host() == own.host() && url.port() == own.port();
    if (isOwnPlace && !access.user.isEmpty() && !access.secret.isEmpty()) {
        const QByteArray pair = access.user.toUtf8() + ':' + access.secret.reveal();
        request.authorization = Secret("Basic " + pair.toBase64());
    }
    return request;
}

/// Qt 6.4 counts private networks as global.
static bool isPrivate(const QHostAddress &address)
{
    bool isIpv4 = false;
    const QHostAddress plain(address.toIPv4Address(&isIpv4));
    if (!isIpv4)
        return address.isUniqueLocalUnicast() || address.isSiteLocal();
    static const QList<QPair<QHostAddress, int>> networks = {
        QHostAddress::parseSubnet(u"10.0.0.0/8"_s), QHostAddress::parseSubnet(u"172.16.0.0/12"_s),
        QHostAddress::parseSubnet(u"192.168.0.0/16"_s), QHostAddress::parseSubnet(u"100.64.0.0/10"_s)};
    return plain.isLoopback() || plain.isLinkLocal() ||
           std::any_of(networks.cbegin(), networks.cend(),
                       [&plain](const auto &network) { return plain.isInSubnet(network); });
}

QUrl feedUrl(const ChannelAccess &access)
{
    QString address = access.address.trimmed();
    if (address.startsWith("feed://"_L1))
        address = u"https://"_s + address.mid(7);
    else if (address.startsWith("feed:http"_L1))
        address = address.mid(5);
    else if (!address.contains("://"_L1))
        address = u"https://"_s + address;
    QUrl url(address);
    url.setFragment({});
    return url;
}

QFuture<Result<Feed>> readFeed(const HttpAnswer &answer, Time now)
{
    if (answer.status < 200 || answer.status > 299)
        return readyFuture<Result<Feed>>(tl::unexpected(errorOf(answer, now)));
    const Time readAt = std::max(now, now + clockOffset(answer, now));
    return readAside<Feed>(answer.body, [answer, readAt] {
        Result<Feed> feed = parseFeed(answer.body, answer.header("content-type"), answer.url);
        if (feed)
            feed->readAt = readAt;
        return feed;
    });
}

bool mayFollow(const QUrl &target, const QUrl &from)
{
    const bool isWeb = target.scheme() == "http"_L1 || target.scheme() == "https"_L1;
    if (!isWeb || target.host().isEmpty())
        return false;
    if (target.host() == from.host())
        return true;
    const QString host = target.host().toLower();
    if (host == "localhost"_L1 || host.endsWith(".localhost"_L1) || host.endsWith(".local"_L1) || !host.contains(u'.'))
        return false;
    const QHostAddress address(host);
    return address.isNull() || (address.isGlobal() && !isPrivate(address));
}

Duration maxAge(const HttpAnswer &answer)
{
    const QString control = QString::fromLatin1(answer.header("cache-control")).toLower();
    if (control.contains("no-cache"_L1) || control.contains("no-store"_L1))
        return Duration(0);
    static const QRegularExpression pattern(u"\\bmax-age\\s*=\\s*\"?(\\d{1,9})"_s);
    return std::chrono::seconds(pattern.match(control).captured(1).toInt());
}

Duration nextAsking(Duration ttl, const QSet<int> &skipHours, Time now)
{
    using namespace std::chrono;
    Time next = now + qMax(ttl, Duration(0));
    for (int i = 0; i < 24; ++i) {
        const auto hour = floor<hours>(next);
        if (!skipHours.contains(int(hour.time_since_epoch().count() % 24)))
            break;
        next = hour + hours(1);
    }
    const Duration wish = next - now;
    return wish.count() == 0 ? wish : std::clamp<Duration>(wish, minutes(5), hours(24));
}

} // namespace Earshot
