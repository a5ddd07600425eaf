// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedpull.h"

#include "networks/feedrequest.h"
#include "networks/feedthreads.h"

#include <QLocale>

#include <algorithm>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MESSAGES_PER_PAGE = 200;
constexpr int MAX_PAGES = 50;
constexpr int MAX_COMMENT_FEEDS = 10;
constexpr int MAX_FAILS = 5;
constexpr qsizetype MAX_KNOWN = 5'000;
constexpr qsizetype MAX_PENDING = 500;
constexpr qsizetype MAX_COUNTS = 2'000;
/// Validators are not to be trusted for ever: WordPress hides edits and late approvals behind them.
constexpr int POLLS_PER_FULL_ONE = 10;

/// New to old where every item says when it is from; else as the feed has them.
void sortByDate(QList<FeedItem> &items)
{
    const bool areAllDated =
        std::all_of(items.cbegin(), items.cend(), [](const FeedItem &item) { return isKnown(item.publishedAt); });
    if (areAllDated) {
        std::stable_sort(items.begin(), items.end(), [](const FeedItem &left, const FeedItem &right) {
            return left.publishedAt > right.publishedAt;
        });
    }
}

/// Another change may follow within the same second, and a validator of whole seconds would hide it.
bool isFreshlyChanged(const HttpAnswer &answer)
{
    const auto dateOf = [&answer](const QByteArray &name) {
        const QString text = QString::fromLatin1(answer.header(name));
        return QLocale::c().toDateTime(text, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    };
    const QDateTime date = dateOf("date");
    const QDateTime modified = dateOf("last-modified");
    return date.isValid() && modified.isValid() && modified.secsTo(date) < 2;
}

/// An opaque id says nothing outside its feed; those of comment feeds share the channel with the entries'.
void makeIdsDistinct(Feed &feed, const PendingComments &entry)
{
    QHash<QString, QString> distinct;
    for (FeedItem &item : feed.items) {
        if (item.id.contains(u':'))
            continue;
        const QString own = entry.id + u'#' + item.id;
        distinct.insert(std::exchange(item.id, own), own);
    }
    for (FeedItem &item : feed.items) {
        for (FeedReference &answer : item.answers)
            answer.id = distinct.value(answer.id, answer.id);
    }
}

} // namespace

FeedPull::FeedPull(QObject *connector, Setting setting, const Position &position)
    : Errand(connector)
    , m_setting(std::move(setting))
    , m_oldText(position.mark)
    , m_old(FeedMark::fromText(position.mark))
    , m_walkText(position.walk)
    , m_walk(FeedWalk::fromText(position.walk))
{
}

void FeedPull::start()
{
    const bool isNew = m_walkText.isEmpty() || (m_walk.page.isEmpty() && m_walk.mark.pending.isEmpty());
    if (isNew)
        beginWalk();
    const std::shared_ptr<FeedCache> cache = m_setting.cache;
    const bool isCached = !isNew && !cache->walk.isEmpty() && cache->walk == m_walkText;
    Feed feed = isCached ? std::move(cache->feed) : Feed();
    m_firstLeft = isCached ? cache->firstLeft : 0;
    *cache = {};
    if (!m_walk.page.isEmpty())
        isCached ? takeFeedPage(std::move(feed)) : fetch(m_walk.page);
    else
        isCached ? takeComments(std::move(feed)) : fetch(m_walk.mark.pending.constFirst().feed);
}

void FeedPull::beginWalk()
{
    m_walk = {};
    m_walk.page = feedUrl(m_setting.access);
    m_walk.pages = 1;
    m_walk.mark = m_old;
    m_walk.mark.known = {};
    m_walk.mark.polls = m_old.polls + 1;
    const bool hasValidators = !m_old.etag.isEmpty() || !m_old.modified.isEmpty();
    m_walk.isFull = !hasValidators || m_walk.mark.polls % POLLS_PER_FULL_ONE == 0;
}

void FeedPull::fetch(const QUrl &url)
{
    const bool isFeedPage = !m_walk.page.isEmpty();
    // Once something of a walk was given, "not changed" would be no answer.
    const bool isConditional = isFeedPage && m_walkText.isEmpty() && !m_walk.isFull;
    const HttpRequest request = feedRequest(m_setting.access, url, isConditional ? m_old.etag : QByteArray(),
                                            isConditional ? m_old.modified : QByteArray());
    whenDone(m_setting.http->exchange(request), this, [this, isFeedPage](const Result<HttpAnswer> &answer) {
        if (!isFeedPage)
            onCommentsAnswer(answer);
        else if (answer)
            onFeedAnswer(*answer);
        else
            end(tl::unexpected(answer.error()));
    });
}

void FeedPull::onFeedAnswer(const HttpAnswer &answer)
{
    const bool isFirstPage = m_walk.pages == 1;
    const bool isUnchanged = answer.status == 304 && isFirstPage && m_walkText.isEmpty() && !m_walk.isFull;
    if (isFirstPage)
        m_page.movedTo = answer.movedTo.toString(QUrl::FullyEncoded);
    if (isUnchanged) {
        m_walk.mark.known = m_old.known;
        m_walk.mark.ttl = qMax(m_old.ttl, maxAge(answer));
        m_walk.hasMetKnown = true;
        leaveFeed();
        return goOn();
    }
    whenDone(readFeed(answer, m_setting.clock->now()), this, [this, answer](Result<Feed> feed) {
        if (feed)
            takeFeed(answer, std::move(*feed));
        else
            end(tl::unexpected(feed.error()));
    });
}

void FeedPull::takeFeed(const HttpAnswer &answer, Feed feed)
{
    if (m_walk.pages == 1) {
        const bool isTrusted = !isFreshlyChanged(answer) && !feed.isTruncated;
        m_walk.mark.etag = isTrusted ? answer.header("etag") : QByteArray();
        m_walk.mark.modified = isTrusted ? answer.header("last-modified") : QByteArray();
        m_walk.mark.ttl = qMax(feed.ttl, maxAge(answer));
        m_walk.mark.skipHours = feed.skipHours;
    }
    sortByDate(feed.items);
    takeFeedPage(std::move(feed));
}

/// Puts what is new or changed into the page, up to its limit. True when something is left for the next one.
bool FeedPull::takeItems(Feed &feed, const PendingComments *entry)
{
    m_page.isCutOff = feed.isTruncated;
    FeedKnown roots = m_walk.mark.known;
    roots.fillUp(m_old.known, m_old.known.size() + roots.size());
    const FeedThreads threads(feed, roots, feed.readAt, entry);
    // What a feed shows at present is wanted whole, and what is new later is wanted whatever its date says.
    const bool isPastPage = !entry && m_walk.pages > 1 && m_old.isFirst();
    for (qsizetype i = std::exchange(m_firstLeft, 0); i < feed.items.size(); ++i) {
        const FeedItem &item = feed.items.at(i);
        const bool isRoot = !entry && !isComment(item);
        if (!entry && m_old.known.has(item.id))
            m_walk.hasMetKnown = true;
        if (m_walk.mark.known.hasSame(item.id, item.hash))
            continue;
        const Time latest = qMax(item.publishedAt, item.updatedAt);
        const bool isTooOld = isPastPage && isKnown(latest) && latest < m_setting.access.horizon;
        const bool isUnchanged = isTooOld || m_old.known.hasSame(item.id, item.hash);
        if (!isUnchanged && m_page.messages.size() >= MESSAGES_PER_PAGE) {
            m_firstLeft = i;
            return true;
        }
        m_walk.mark.known.see(item.id, item.hash, isRoot);
        m_walk.hasBroughtNew = m_walk.hasBroughtNew || !m_old.known.has(item.id);
        if (!isUnchanged)
            m_page.messages.append(threads.messageOf(item));
    }
    return false;
}

void FeedPull::takeFeedPage(Feed feed)
{
    if (takeItems(feed, nullptr))
        return goOn(std::move(feed));
    learnComments(feed);
    leaveFeedPage(feed);
    goOn();
}

/// Older pages are for the first pull, and for a feed that has moved past everything we know.
bool FeedPull::isMorePagesWanted(const Feed &feed) const
{
    if (!m_walk.hasBroughtNew || m_walk.hasMetKnown || m_walk.pages >= MAX_PAGES || feed.items.isEmpty())
        return false;
    if (!mayFollow(feed.next, m_walk.page) || feed.next == m_walk.page)
        return false;
    const Time oldest = feed.items.constLast().publishedAt;
    return !m_old.isFirst() || !isKnown(oldest) || oldest >= m_setting.access.horizon;
}

void FeedPull::leaveFeedPage(const Feed &feed)
{
    const bool isWanted = isMorePagesWanted(feed);
    if (isWanted) {
        m_walk.page = feed.next;
        ++m_walk.pages;
        m_walk.hasBroughtNew = false;
        return;
    }
    const bool isGap = !m_old.isFirst() && !m_old.known.isEmpty() && !m_walk.hasMetKnown && !feed.items.isEmpty();
    if (isGap)
        m_page.gapFrom = m_old.pulledAt;
    leaveFeed();
}

/// What is left of the walk are comments: each feed at most once, as those that fail go to the end.
void FeedPull::leaveFeed()
{
    m_walk.page = {};
    m_walk.commentFeedsLeft = int(qMin<qsizetype>(MAX_COMMENT_FEEDS, m_walk.mark.pending.size()));
}

/// Notes the entries whose comments grew.
void FeedPull::learnComments(const Feed &feed)
{
    FeedMark &mark = m_walk.mark;
    for (const FeedItem &item : feed.items) {
        const int before = mark.commentCounts.value(item.id, 0);
        const bool isGrown = item.commentCount < 0 ? m_walk.isFull : item.commentCount > before;
        if (!isGrown || !mayFollow(item.commentFeed, m_walk.page))
            continue;
        const auto isSame = [&item](const PendingComments &other) { return other.id == item.id; };
        const bool isThere = std::any_of(mark.pending.cbegin(), mark.pending.cend(), isSame);
        if (!isThere && mark.pending.size() >= MAX_PENDING)
            continue;
        if (!isThere)
            mark.pending.append({item.commentFeed, item.id, item.title, item.url, 0});
        if (item.commentCount > 0 && (mark.commentCounts.size() < MAX_COUNTS || before > 0))
            mark.commentCounts.insert(item.id, item.commentCount);
    }
    std::stable_sort(mark.pending.begin(), mark.pending.end(),
                     [](const auto &left, const auto &right) { return left.fails < right.fails; });
}

void FeedPull::onCommentsAnswer(const Result<HttpAnswer> &answer)
{
    if (!answer)
        return giveUpComments(answer.error());
    whenDone(readFeed(*answer, m_setting.clock->now()), this, [this](Result<Feed> feed) {
        if (!feed)
            return giveUpComments(feed.error());
        sortByDate(feed->items);
        makeIdsDistinct(*feed, m_walk.mark.pending.constFirst());
        takeComments(std::move(*feed));
    });
}

void FeedPull::takeComments(Feed feed)
{
    const PendingComments entry = m_walk.mark.pending.constFirst();
    // A feed for comments on all entries may stand where this one's should.
    if (takeItems(feed, &entry))
        return goOn(std::move(feed));
    m_walk.mark.pending.removeFirst();
    --m_walk.commentFeedsLeft;
    goOn();
}

/// Comments that cannot be had now must not keep the entries away: they wait for a later pull.
void FeedPull::giveUpComments(const Error &error)
{
    if (error.kind == ErrorKind::cancelled)
        return end(tl::unexpected(error));
    PendingComments entry = m_walk.mark.pending.takeFirst();
    const bool isForGood = error.kind == ErrorKind::notFound || error.kind == ErrorKind::gone ||
                           error.kind == ErrorKind::permission || error.kind == ErrorKind::authExpired;
    const bool isWorthWaiting = error.kind == ErrorKind::transient || error.kind == ErrorKind::rateLimited ||
                                error.kind == ErrorKind::certificate;
    if (!isForGood && (++entry.fails < MAX_FAILS || isWorthWaiting))
        m_walk.mark.pending.append(entry);
    m_walk.commentFeedsLeft = error.kind == ErrorKind::rateLimited ? 0 : m_walk.commentFeedsLeft - 1;
    goOn();
}

bool FeedPull::areCommentsLeft() const
{
    return m_walk.commentFeedsLeft > 0 && !m_walk.mark.pending.isEmpty();
}

/// The page is full: the next one goes on in the same document.
void FeedPull::goOn(Feed feed)
{
    m_page.next = {m_oldText, m_walk.toText()};
    m_page.hasMore = true;
    *m_setting.cache = {m_page.next.walk, std::move(feed), m_firstLeft};
    end(std::move(m_page));
}

void FeedPull::goOn()
{
    if (m_walk.page.isEmpty() && !areCommentsLeft())
        return finishWalk();
    m_page.next = {m_oldText, m_walk.toText()};
    m_page.hasMore = true;
    end(std::move(m_page));
}

void FeedPull::finishWalk()
{
    FeedMark &mark = m_walk.mark;
    const Time now = m_setting.clock->now();
    mark.pulledAt = now;
    mark.known.fillUp(m_old.known, qMax(MAX_KNOWN, mark.known.size()));
    m_page.askAgainIn = nextAsking(mark.ttl, mark.skipHours, now);
    if (!mark.pending.isEmpty() && mark.pending.constFirst().fails == 0)
        m_page.askAgainIn = std::chrono::minutes(5);
    m_page.next = {mark.toText(), {}};
    m_page.hasMore = false;
    end(std::move(m_page));
}

} // namespace Earshot
