// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"
#include "networks/timelineposition.h"

#include <optional>

namespace Earshot {

/// One step of walking backwards over a list that a network pages from new to old, and what a Position says of it:
/// where to go on, when the walk has met what is stored, what the next mark is. Knows nothing of any network. A value
/// of one pull.
class TimelineWalker
{
public:
    struct Item
    {
        QString key; ///< what the mark remembers it by
        Time at;     ///< what the list is sorted by
    };
    /// How a list is read. The horizon bounds the first walk only: later ones take whatever came in above what is
    /// known, whatever its date says, as clocks may be off. The defaults are those of a list into which nothing enters
    /// but at its top.
    struct Habit
    {
        Time horizon;
        int mostPages = 500;
        /// How far clocks and orders of arrival may differ before items count as older than the mark.
        Duration overlap = std::chrono::minutes(10);
        /// A known item ends the walk. False where late items are filed below known ones: then the walk goes on until
        /// it has read `overlap` again, and once in `deepEvery` down to the horizon, though at most `mostDeepPages`.
        bool endsAtKnown = true;
        Duration deepEvery = std::chrono::hours(6);
        int mostDeepPages = 40;
        /// The network keeps the whole list, so its end is no gap.
        bool isWhole = false;
    };
    /// Why a walk ends with a page.
    enum class End { no, met, edge, cap };

    TimelineWalker(const Position &position, const Habit &habit, Time now);

    /// The page to ask for, as the last one named it; empty = the newest.
    [[nodiscard]] const QByteArray &next() const { return m_walk.next; }
    [[nodiscard]] bool isStored(const QString &key) const;
    /// Whether an item of a page that is not taken yet is history that nobody asked for.
    [[nodiscard]] bool isTooOld(const QList<Item> &items, qsizetype i) const;
    /// No walk has come to its end before.
    [[nodiscard]] bool isFirst() const { return m_position.mark.isEmpty(); }
    /// How far the network's clock is ahead of ours, by its last answer: what is far off is no sign of age.
    void setClockOffset(Duration offset) { m_clockOffset = offset; }
    [[nodiscard]] TimelineMark &mark() { return m_mark; }
    /// Whether the network has ever named a following page by itself.
    [[nodiscard]] bool hasLinks() const { return m_walk.hasLinks; }
    void setHasLinks() { m_walk.hasLinks = true; }

    /// Takes the page that was asked for. To be called once, when isStored() is no longer needed.
    /// @param next what names the page below it; empty when there is none
    End take(const QList<Item> &items, const QByteArray &asked, const QByteArray &next);
    [[nodiscard]] End end() const { return m_end; }

    /// The answer when the server refused the stored page: a walk from the newest, as the mark has not moved. Nothing
    /// when this was no stored page, or happened too often.
    [[nodiscard]] std::optional<Page> restarted() const;
    /// What looking at our own posts (chooseOwnPosts()) left to be remembered; of the last page of a walk.
    void setOwn(const QHash<QString, int> &replies, bool hasRest, Page &page);
    /// Puts the messages in order, and writes the position after this page, whether more is to come, and a gap.
    void finish(Page &page);

private:
    [[nodiscard]] End judge(const QList<Item> &items, const QByteArray &asked, const QByteArray &next);
    [[nodiscard]] bool isOfMark(const Item &item) const { return m_mark.ring.contains(item.key); }
    [[nodiscard]] bool isPast(const QList<Item> &items, Time limit) const;
    void remember(const QList<Item> &items);

    Position m_position;
    Habit m_habit;
    Time m_now;
    TimelineMark m_mark;
    TimelineWalk m_walk;
    Duration m_clockOffset{0};
    End m_end = End::no;
    bool m_isDoubtful = false; ///< only dates said that the mark was passed, and they may be wrong
};

/// One of our own recent posts, as a network lists them.
struct OwnPost
{
    QString uri;
    int replies = 0;
    bool isTooOld = false;
    bool needsRoot = false; ///< the thread above it is not known
};

/// Which of our own posts have to be looked at, by their place in the list.
struct OwnChoice
{
    QList<qsizetype> unread; ///< those whose threads have grown, or are not known
    QList<qsizetype> fresh;  ///< those that are new
    QHash<QString, int> replies;
    bool hasRest = false;
};

/// Chooses the own posts whose threads are to be read: answers that name nobody make no notification. At most ten.
/// @param posts as the network lists them, newest first
/// @param isFirst they were never looked at: what is too old is left out. Later that is so only below known ones.
[[nodiscard]] OwnChoice chooseOwnPosts(const QList<OwnPost> &posts, const QHash<QString, int> &before, bool isFirst);

/// How far the list of our own posts is read: to what is known, at most some pages. A value of one pull.
class OwnPostsWalk
{
public:
    /// @param isFirst as of chooseOwnPosts()
    OwnPostsWalk(const TimelineMark &mark, bool isFirst);

    /// Takes a page, without what stands in the list for another reason than its age.
    /// @return whether the next one is wanted
    bool take(const QList<OwnPost> &page);
    /// By their place among all that were taken.
    [[nodiscard]] OwnChoice choose() const { return chooseOwnPosts(m_posts, m_before, m_isFirst); }

private:
    QHash<QString, int> m_before;
    bool m_hadRest;
    bool m_isFirst;
    int m_pages = 0;
    QList<OwnPost> m_posts;
};

} // namespace Earshot
