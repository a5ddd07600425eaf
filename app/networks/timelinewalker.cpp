// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/timelinewalker.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostOwnPages = 5;
constexpr int mostRestarts = 2;
constexpr qsizetype mostThreads = 10;
constexpr qsizetype mostCounts = 200;
constexpr Duration farOff = std::chrono::hours(24);

} // namespace

TimelineWalker::TimelineWalker(const Position &position, const Habit &habit, Time now)
    : m_position(position)
    , m_habit(habit)
    , m_now(now)
    , m_mark(TimelineMark::from(position.mark))
    , m_walk(TimelineWalk::from(position.walk))
{
    const bool isNew = m_walk.next.isEmpty();
    // A clock that was ahead and was put right must not put the next one off for years.
    const bool isDue = now - m_mark.deepAt >= m_habit.deepEvery || now < m_mark.deepAt;
    if (isNew && !m_habit.endsAtKnown && isDue) {
        m_walk.isDeep = true;
        m_walk.begunAt = now;
    }
}

bool TimelineWalker::isStored(const QString &key) const
{
    return m_mark.ring.contains(key) || m_walk.ring.contains(key);
}

bool TimelineWalker::isTooOld(const QList<Item> &items, qsizetype i) const
{
    const Item &item = items.at(i);
    if (!isKnown(item.at) || !isKnown(m_habit.horizon) || item.at >= m_habit.horizon)
        return false;
    if (isFirst() || m_walk.hasMet)
        return true;
    // What is new comes in above what is known, whatever it says of its date.
    const auto isKnownOne = [this](const Item &other) { return isOfMark(other); };
    const bool isAbove = std::any_of(items.cbegin() + i + 1, items.cend(), isKnownOne);
    return !isAbove && std::any_of(items.cbegin(), items.cbegin() + i, isKnownOne);
}

bool TimelineWalker::isPast(const QList<Item> &items, Time limit) const
{
    // What has no readable date is never too old.
    const auto isOlder = [limit](const Item &item) { return isKnown(item.at) && item.at < limit; };
    if (!isKnown(limit) || items.isEmpty())
        return false;
    // Where a known item ends the walk, an old one may stand anywhere (a pinned post).
    return m_habit.endsAtKnown ? std::all_of(items.cbegin(), items.cend(), isOlder) : isOlder(items.last());
}

TimelineWalker::End TimelineWalker::take(const QList<Item> &items, const QByteArray &asked, const QByteArray &next)
{
    m_end = judge(items, asked, next);
    remember(items);
    return m_end;
}

TimelineWalker::End TimelineWalker::judge(const QList<Item> &items, const QByteArray &asked, const QByteArray &next)
{
    m_walk.hasMet =
        m_walk.hasMet || std::any_of(items.cbegin(), items.cend(), [this](const Item &item) { return isOfMark(item); });
    const bool isClockOff = std::chrono::abs(m_clockOffset) > farOff;
    const bool isMet = m_walk.hasMet && (m_habit.endsAtKnown || isClockOff);
    // All items that the mark knew may have been deleted since; then their time tells that we have come past it.
    const bool isBelow = !isClockOff && isKnown(m_mark.newest) && isPast(items, m_mark.newest - m_habit.overlap);
    const bool isDeepEnough = !m_walk.isDeep || m_walk.pages + 1 >= m_habit.mostDeepPages;
    const bool isOld = isPast(items, m_habit.horizon);
    const bool isOldEnough = isOld && (isFirst() || isBelow || m_walk.hasMet);
    // A clock that was put back would look the same.
    m_isDoubtful = isOld && !isFirst() && !m_walk.hasMet;
    if (isMet || (isBelow && isDeepEnough) || isOldEnough)
        return End::met;

    const auto isSeen = [this](const Item &item) { return m_walk.ring.contains(item.key); };
    const bool isAllSeen = m_habit.endsAtKnown && m_walk.pages > 0 && std::all_of(items.cbegin(), items.cend(), isSeen);
    m_walk.next = next;
    if (next.isEmpty() || next == asked || (isAllSeen && !items.isEmpty()))
        return End::edge;
    ++m_walk.pages;
    return m_walk.pages >= m_habit.mostPages ? End::cap : End::no;
}

void TimelineWalker::remember(const QList<Item> &items)
{
    const bool isFirst = !isKnown(m_walk.newest);
    if (isFirst) {
        for (const Item &item : items)
            m_walk.newest = std::max(m_walk.newest, item.at);
        m_walk.newest = std::min(m_walk.newest, m_now);
    }
    for (const Item &item : items) {
        // What arrived during the walk is left to the next one: between it and our first page something may be missing.
        const bool isOfWalk = isFirst || item.at <= m_walk.newest;
        if (isOfWalk && m_walk.ring.size() < ringSize && !m_walk.ring.contains(item.key))
            m_walk.ring.append(item.key);
    }
}

std::optional<Page> TimelineWalker::restarted() const
{
    if (m_walk.next.isEmpty() || m_walk.restarts >= mostRestarts)
        return {};
    TimelineWalk walk;
    walk.restarts = m_walk.restarts + 1;
    Page page;
    page.next = {.mark = m_position.mark, .walk = walk.toString()};
    page.hasMore = true;
    return page;
}

void TimelineWalker::setOwn(const QHash<QString, int> &replies, bool hasRest, Page &page)
{
    m_mark.replies = replies;
    m_mark.hasRest = hasRest;
    page.hasMore = hasRest;
}

void TimelineWalker::finish(Page &page)
{
    std::stable_sort(page.messages.begin(), page.messages.end(),
                     [](const RemoteMessage &a, const RemoteMessage &b) { return a.sentAt < b.sentAt; });
    if (m_end == End::no) {
        page.next = {.mark = m_position.mark, .walk = m_walk.toString()};
        page.hasMore = true;
        return;
    }
    const bool isCut = m_end == End::cap || (m_end == End::edge && !m_habit.isWhole) || m_isDoubtful;
    if (m_end == End::cap && !isKnown(m_mark.newest) && isKnown(m_habit.horizon))
        page.gapFrom = m_habit.horizon;
    else if (isCut && isKnown(m_mark.newest))
        page.gapFrom = m_mark.newest;
    QStringList ring = m_walk.ring;
    for (const QString &key : std::as_const(m_mark.ring)) {
        if (ring.size() < ringSize && !ring.contains(key))
            ring.append(key);
    }
    m_mark.ring = ring;
    m_mark.newest = std::max(m_mark.newest, m_walk.newest);
    if (m_walk.isDeep)
        m_mark.deepAt = m_walk.begunAt;
    page.next = {.mark = m_mark.toString(), .walk = {}};
}

OwnChoice chooseOwnPosts(const QList<OwnPost> &posts, const QHash<QString, int> &before, bool isFirst)
{
    OwnChoice choice;
    qsizetype lastKnown = posts.size() - 1;
    while (lastKnown >= 0 && !before.contains(posts.at(lastKnown).uri))
        --lastKnown;
    for (qsizetype i = 0; i < posts.size(); ++i) {
        const OwnPost &post = posts.at(i);
        const int known = before.value(post.uri, -1);
        const bool isNew = known < 0;
        const bool hasGrown = post.replies > std::max(known, 0);
        const bool isHistory = isNew && post.isTooOld && (isFirst || (lastKnown >= 0 && i > lastKnown));
        const bool needsRoot = isNew && !isHistory && post.needsRoot;
        if ((hasGrown && !isHistory) || needsRoot) {
            if (choice.unread.size() >= mostThreads) {
                choice.hasRest = true;
                if (!isNew)
                    choice.replies.insert(post.uri, known);
                continue;
            }
            choice.unread.append(i);
        }
        if (isNew && !isHistory)
            choice.fresh.append(i);
        choice.replies.insert(post.uri, post.replies);
    }
    for (auto it = before.cbegin(); it != before.cend() && choice.replies.size() < mostCounts; ++it) {
        if (!choice.replies.contains(it.key()))
            choice.replies.insert(it.key(), it.value());
    }
    return choice;
}

OwnPostsWalk::OwnPostsWalk(const TimelineMark &mark, bool isFirst)
    : m_before(mark.replies)
    , m_hadRest(mark.hasRest)
    , m_isFirst(isFirst)
{
}

bool OwnPostsWalk::take(const QList<OwnPost> &page)
{
    m_posts += page;
    const bool hasKnown =
        std::any_of(page.cbegin(), page.cend(), [this](const OwnPost &post) { return m_before.contains(post.uri); });
    // A pinned old post may stand first: only a page of nothing but old ones is the end.
    const bool isEnd =
        m_isFirst && std::all_of(page.cbegin(), page.cend(), [](const OwnPost &post) { return post.isTooOld; });
    return ++m_pages < mostOwnPages && !isEnd && (!hasKnown || m_hadRest);
}

} // namespace Earshot
