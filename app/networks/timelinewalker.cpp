// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/timelinewalker.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostRestarts = 2;
constexpr qsizetype mostThreads = 10;
constexpr qsizetype mostCounts = 200;

} // namespace

TimelineWalker::TimelineWalker(const Position &position, const Habit &habit, Time now)
    : m_position(position)
    , m_habit(habit)
    , m_now(now)
    , m_mark(TimelineMark::from(position.mark))
    , m_walk(TimelineWalk::from(position.walk))
{
    const bool isNew = m_walk.next.isEmpty();
    if (isNew && !m_habit.endsAtKnown && now - m_mark.deepAt >= m_habit.deepEvery) {
        m_walk.isDeep = true;
        m_walk.begunAt = now;
    }
}

bool TimelineWalker::isStored(const QString &key) const
{
    return m_mark.ring.contains(key) || m_walk.ring.contains(key);
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
    const bool isMet = m_habit.endsAtKnown && std::any_of(items.cbegin(), items.cend(), [this](const Item &item) {
                           return m_mark.ring.contains(item.key);
                       });
    // All items that the mark knew may have been deleted since; then their time tells that we have come past it.
    const bool isBelow = isKnown(m_mark.newest) && isPast(items, m_mark.newest - m_habit.overlap);
    const bool isDeepEnough = !m_walk.isDeep || m_walk.pages + 1 >= m_habit.mostDeepPages;
    if (isMet || (isBelow && isDeepEnough) || isPast(items, m_habit.horizon))
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
    const bool isCut = m_end == End::cap || (m_end == End::edge && !m_habit.isWhole);
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

OwnChoice chooseOwnPosts(const QList<OwnPost> &posts, const QHash<QString, int> &before)
{
    OwnChoice choice;
    for (qsizetype i = 0; i < posts.size(); ++i) {
        const OwnPost &post = posts.at(i);
        const int known = before.value(post.uri, -1);
        const bool isNew = known < 0;
        const bool hasGrown = post.replies > std::max(known, 0);
        const bool needsRoot = isNew && !post.isTooOld && post.needsRoot;
        if ((hasGrown && !(isNew && post.isTooOld)) || needsRoot) {
            if (choice.unread.size() >= mostThreads) {
                choice.hasRest = true;
                if (!isNew)
                    choice.replies.insert(post.uri, known);
                continue;
            }
            choice.unread.append(i);
        }
        if (isNew && !post.isTooOld)
            choice.fresh.append(i);
        choice.replies.insert(post.uri, post.replies);
    }
    for (auto it = before.cbegin(); it != before.cend() && choice.replies.size() < mostCounts; ++it) {
        if (!choice.replies.contains(it.key()))
            choice.replies.insert(it.key(), it.value());
    }
    return choice;
}

} // namespace Earshot
