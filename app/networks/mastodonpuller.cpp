// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonpuller.h"

#include "networks/mastodonownposts.h"

#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

namespace {

using Kind = MastodonAddress::Kind;

constexpr int mostInboxPages = 500;
constexpr int mostPublicPages = 100;
constexpr qsizetype mostPublicContexts = 10;
constexpr int mostRestarts = 2;
/// Quotes became notifications with this number of api_versions.mastodon.
constexpr int quotesSince = 7;
/// How far clocks and orders of arrival may differ before items count as older than the mark.
constexpr Duration overlap = std::chrono::minutes(10);

/// What has no readable date is never too old.
bool isBefore(Time moment, Time limit)
{
    return isKnown(moment) && isKnown(limit) && moment < limit;
}

bool isDirect(const QJsonObject &post)
{
    return textOf(post, "visibility") == QLatin1StringView("direct");
}

/// The same page with fewer items; empty when it is one already.
QByteArray withFewer(const QByteArray &path)
{
    static const QRegularExpression limit(QStringLiteral("(?<=[?&]limit=)(\\d+)"));
    QString fewer = QString::fromLatin1(path);
    const int number = limit.match(fewer).captured(1).toInt();
    return number > 1 ? fewer.replace(limit, QString::number(std::max(1, number / 6))).toLatin1() : QByteArray();
}

QByteArray pageBefore(const QByteArray &firstPage, const QString &id)
{
    return firstPage + "&max_id=" + idInPath(id);
}

} // namespace

MastodonPull::MastodonPull(MastodonSession &session, const Position &position, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_position(position)
    , m_mark(MastodonMark::from(position.mark))
    , m_walk(MastodonWalk::from(position.walk))
{
    m_session.prepare(this, [this](const Done &done) {
        if (done)
            ask();
        else
            end(tl::unexpected(done.error()));
    });
}

QByteArray MastodonPull::firstPage() const
{
    if (m_session.isInbox()) {
        // A mention that the server's own policy hides from people is still a customer.
        QByteArray path = "/api/v1/notifications?limit=40&include_filtered=true&types%5B%5D=mention";
        if (m_session.server.apiVersion >= quotesSince)
            path += "&types%5B%5D=quote";
        return path;
    }
    switch (m_session.address.kind) {
    case Kind::tag:
        return "/api/v1/timelines/tag/" + idInPath(m_session.address.name) + "?limit=40";
    case Kind::search:
        return "/api/v1/timelines/public?limit=40";
    default:
        return "/api/v1/accounts/" + idInPath(m_session.view.accountId) + "/statuses?limit=40&exclude_reblogs=true";
    }
}

void MastodonPull::ask()
{
    askFor(m_walk.next.isEmpty() ? firstPage() : m_walk.next);
}

void MastodonPull::askFor(const QByteArray &path)
{
    m_path = path;
    m_session.client->get(m_path, this, [this](const Result<MastodonReply> &reply) { takePage(reply); });
}

MastodonPull::Item MastodonPull::itemFrom(const QJsonObject &object) const
{
    Item item;
    item.id = textOf(object, "id");
    item.createdAt = timeOf(object, "created_at");
    if (m_session.isInbox()) {
        item.key = item.id;
        // Servers may ignore the filter of types.
        if (isInboxType(textOf(object, "type")))
            item.post = valueOf(object, "status").toObject();
    } else {
        // The id of a post may change when it is edited; its uri does not.
        item.key = textOf(object, "uri");
        const bool isBoost = valueOf(object, "reblog").isObject();
        if (!isBoost && isForChannel(object, m_session.view))
            item.post = object;
    }
    return item;
}

void MastodonPull::takePage(const Result<MastodonReply> &reply)
{
    if (!reply) {
        // A few enormous posts must not stop the channel.
        const QByteArray fewer = reply.error().kind == ErrorKind::tooLarge ? withFewer(m_path) : QByteArray();
        if (fewer.isEmpty())
            restart(reply.error());
        else
            askFor(fewer);
        return;
    }
    if (!reply->body.isArray()) {
        end(fail(ErrorKind::malformed, QStringLiteral("not a list: %1").arg(QString::fromLatin1(m_path))));
        return;
    }
    const QJsonArray list = reply->body.toArray();
    for (const QJsonValue &entry : list) {
        const Item item = itemFrom(entry.toObject());
        if (!item.key.isEmpty())
            m_items.append(item);
    }
    m_end = judge(*reply);

    QList<QJsonObject> unplaced;
    for (const Item &item : std::as_const(m_items)) {
        const bool isOld = isBefore(item.createdAt, m_session.access.horizon);
        const bool isKnownItem = m_mark.ring.contains(item.key) || m_walk.ring.contains(item.key);
        if (item.post.isEmpty() || isOld || isKnownItem)
            continue;
        m_newPosts.append(item.post);
        if (m_session.threads.needsContext(item.post))
            unplaced.append(item.post);
    }
    if (!m_session.isInbox() && unplaced.size() > mostPublicContexts)
        unplaced.resize(mostPublicContexts);
    remember();
    auto *contexts = new MastodonContexts(m_session, unplaced, this);
    whenDone(contexts->future(), this, [this](const Result<QList<PostContext>> &found) {
        if (found)
            takeContexts(*found);
        else
            end(tl::unexpected(found.error()));
    });
}

void MastodonPull::restart(const Error &error)
{
    const bool isRefused = isMissing(error) || error.kind == ErrorKind::policy;
    if (m_walk.next.isEmpty() || !isRefused || m_walk.restarts >= mostRestarts) {
        end(tl::unexpected(error));
        return;
    }
    // The server no longer knows the stored page. Nothing is lost by beginning at the newest: the mark has not moved.
    MastodonWalk walk;
    walk.restarts = m_walk.restarts + 1;
    Page page;
    page.next = {.mark = m_position.mark, .walk = walk.toString()};
    page.hasMore = true;
    m_session.lastNext = page.next;
    end(page);
}

MastodonPull::End MastodonPull::judge(const MastodonReply &reply)
{
    const Time horizon = m_session.access.horizon;
    const auto isOlder = [this](Time limit) {
        return !m_items.isEmpty() && std::all_of(m_items.cbegin(), m_items.cend(),
                                                 [&](const Item &item) { return isBefore(item.createdAt, limit); });
    };
    const bool isMet = std::any_of(m_items.cbegin(), m_items.cend(),
                                   [this](const Item &item) { return m_mark.ring.contains(item.key); });
    // All items that the mark knew may have been deleted since; then their time tells that we have come past it.
    const bool isPast = isKnown(m_mark.newest) && isOlder(m_mark.newest - overlap);
    if (isMet || isPast || isOlder(horizon))
        return End::met;

    const auto isSeen = [this](const Item &item) { return m_walk.ring.contains(item.key); };
    const bool isAllSeen = m_walk.pages > 0 && std::all_of(m_items.cbegin(), m_items.cend(), isSeen);
    m_walk.hasLinks = m_walk.hasLinks || reply.hasLink;
    m_walk.next = reply.next;
    if (m_walk.next.isEmpty() && !m_walk.hasLinks && !m_items.isEmpty())
        m_walk.next = pageBefore(firstPage(), m_items.last().id);
    if (m_walk.next.isEmpty() || m_walk.next == m_path || (isAllSeen && !m_items.isEmpty()))
        return End::edge;
    ++m_walk.pages;
    return m_walk.pages >= (m_session.isInbox() ? mostInboxPages : mostPublicPages) ? End::cap : End::no;
}

void MastodonPull::remember()
{
    const bool isFirst = !isKnown(m_walk.newest);
    if (isFirst) {
        for (const Item &item : std::as_const(m_items))
            m_walk.newest = std::max(m_walk.newest, item.createdAt);
        m_walk.newest = std::min(m_walk.newest, m_session.client->now());
    }
    for (const Item &item : std::as_const(m_items)) {
        // What arrived during the walk is left to the next one: between it and our first page something may be missing.
        const bool isOfWalk = isFirst || item.createdAt <= m_walk.newest;
        if (isOfWalk && m_walk.ring.size() < ringSize && !m_walk.ring.contains(item.key))
            m_walk.ring.append(item.key);
    }
}

void MastodonPull::add(RemoteMessage message)
{
    const auto isSame = [&](const RemoteMessage &other) { return other.uri == message.uri; };
    if (message.uri.isEmpty() || std::any_of(m_page.messages.cbegin(), m_page.messages.cend(), isSame))
        return;
    m_page.messages.append(std::move(message));
}

void MastodonPull::takeContexts(const QList<PostContext> &contexts)
{
    MastodonThreads &threads = m_session.threads;
    for (const auto &[post, context] : contexts)
        threads.learn(context, post);
    for (const QJsonObject &post : std::as_const(m_newPosts))
        threads.learn(post);
    for (const QJsonObject &post : std::as_const(m_newPosts)) {
        RemoteMessage message = messageFrom(post, m_session.view);
        message.isContext = false;
        threads.place(message, post);
        add(std::move(message));
    }
    for (const auto &[post, context] : contexts) {
        const QJsonArray ancestors = valueOf(context, "ancestors").toArray();
        for (const QJsonValue &entry : ancestors) {
            const QJsonObject ancestor = entry.toObject();
            if (isDirect(ancestor) != isDirect(post))
                continue;
            RemoteMessage message = messageFrom(ancestor, m_session.view);
            threads.place(message, ancestor);
            add(std::move(message));
        }
    }
    if (m_end != End::no && m_session.address.kind == Kind::account)
        lookAtOwnPosts();
    else
        finish();
}

void MastodonPull::lookAtOwnPosts()
{
    auto *own = new MastodonOwnPosts(m_session, m_mark, this);
    whenDone(own->future(), this, [this](const Result<OwnPosts> &found) {
        if (!found) {
            end(tl::unexpected(found.error()));
            return;
        }
        for (const RemoteMessage &message : found->messages)
            add(message);
        m_mark.replies = found->replies;
        m_mark.hasRest = found->hasRest;
        m_page.hasMore = found->hasRest;
        finish();
    });
}

void MastodonPull::finish()
{
    std::stable_sort(m_page.messages.begin(), m_page.messages.end(),
                     [](const RemoteMessage &a, const RemoteMessage &b) { return a.sentAt < b.sentAt; });
    if (m_end == End::no) {
        m_page.next = {.mark = m_position.mark, .walk = m_walk.toString()};
        m_page.hasMore = true;
        m_session.lastNext = m_page.next;
        end(m_page);
        return;
    }
    if (m_end == End::cap && !isKnown(m_mark.newest) && isKnown(m_session.access.horizon))
        m_page.gapFrom = m_session.access.horizon;
    else if (m_end != End::met && isKnown(m_mark.newest))
        m_page.gapFrom = m_mark.newest;
    QStringList ring = m_walk.ring;
    for (const QString &key : std::as_const(m_mark.ring)) {
        if (ring.size() < ringSize && !ring.contains(key))
            ring.append(key);
    }
    m_mark.ring = ring;
    m_mark.newest = std::max(m_mark.newest, m_walk.newest);
    m_page.next = {.mark = m_mark.toString(), .walk = {}};
    m_session.lastNext = m_page.next;
    end(m_page);
}

} // namespace Earshot
