// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedconnector.h"

#include "networks/feedpull.h"
#include "networks/feedrequest.h"
#include "networks/feedthreads.h"

#include <algorithm>

namespace Earshot {

using namespace Qt::StringLiterals;

FeedConnector::FeedConnector(ChannelAccess access, NetworkSetting setting, QObject *parent)
    : Connector(parent)
    , m_access(std::move(access))
    , m_setting(setting)
    , m_cache(std::make_shared<FeedCache>())
{
}

FeedConnector::~FeedConnector()
{
    // Here and not in ~QObject: who hears that a call was cancelled may still look at the connector.
    const QObjectList calls = children();
    qDeleteAll(calls);
}

/// Fetches and parses the feed, then ends with what `make` makes of it.
template <class T, class Make>
QFuture<Result<T>> FeedConnector::askFeed(Make make)
{
    auto *job = new Errand<T>(this);
    const QFuture<Result<T>> future = job->future();
    const HttpRequest request = feedRequest(m_access, feedUrl(m_access));
    whenDone(m_setting.http->exchange(request), job, [this, job, make](const Result<HttpAnswer> &answer) {
        if (!answer)
            return job->end(tl::unexpected(answer.error()));
        whenDone(Earshot::readFeed(*answer, m_setting.clock->now()), job,
                 [job, make, answer = *answer](const Result<Feed> &feed) {
                     if (feed)
                         job->end(make(*feed, answer));
                     else
                         job->end(tl::unexpected(feed.error()));
                 });
    });
    return future;
}

QFuture<Result<Account>> FeedConnector::check()
{
    return askFeed<Account>([](const Feed &feed, const HttpAnswer &answer) {
        Account account;
        account.name = feed.title.isEmpty() ? answer.url.host() : feed.title;
        account.baseUrl = answer.movedTo.isEmpty() ? answer.url : answer.movedTo;
        return Result<Account>(account);
    });
}

QFuture<Result<Page>> FeedConnector::pull(Position position)
{
    auto *pull = new FeedPull(this, {m_access, m_setting.http, m_setting.clock, m_cache}, position);
    const QFuture<Result<Page>> future = pull->future();
    pull->start();
    return future;
}

QFuture<Result<QList<RemoteMessage>>> FeedConnector::thread(KnownMessage message)
{
    using Messages = QList<RemoteMessage>;
    return askFeed<Messages>([uri = message.uri](const Feed &feed, const HttpAnswer &) {
        const FeedKnown nothing;
        const FeedThreads threads(feed, nothing, feed.readAt);
        Messages all;
        QString threadUri;
        for (const FeedItem &item : feed.items) {
            all.append(threads.messageOf(item));
            if (item.id == uri)
                threadUri = all.constLast().threadUri;
        }
        all.removeIf([&](const RemoteMessage &other) { return threadUri.isEmpty() || other.threadUri != threadUri; });
        std::stable_sort(all.begin(), all.end(), [](const RemoteMessage &left, const RemoteMessage &right) {
            const bool isLeftRoot = left.uri == left.threadUri;
            const bool isRightRoot = right.uri == right.threadUri;
            return isLeftRoot != isRightRoot ? isLeftRoot : left.sentAt < right.sentAt;
        });
        return Result<Messages>(all);
    });
}

QFuture<Result<Page>> FeedConnector::refresh(QList<KnownMessage> /*messages*/)
{
    return readyFuture<Result<Page>>(Page());
}

Result<Outgoing> FeedConnector::prepare(Outgoing /*wish*/, const RemoteMessage & /*target*/) const
{
    return fail(ErrorKind::unsupported, u"a feed cannot be answered"_s);
}

QFuture<Result<Delivered>> FeedConnector::deliver(Outgoing /*outgoing*/)
{
    return readyFuture<Result<Delivered>>(fail(ErrorKind::unsupported, u"a feed cannot be answered"_s));
}

QFuture<Result<std::optional<Delivered>>> FeedConnector::findDelivered(Outgoing /*outgoing*/, Attempt /*attempt*/)
{
    return readyFuture<Result<std::optional<Delivered>>>(fail(ErrorKind::unsupported, u"a feed cannot be answered"_s));
}

} // namespace Earshot
