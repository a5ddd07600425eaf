// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QSet>
#include <QString>
#include <QUrl>

namespace Earshot {

// What the feed connector keeps in a Position: compact JSON, its own business.

/// The items that a channel has seen, each as a short hash of its id and of its content, latest first.
class FeedKnown
{
public:
    void see(const QString &id, const QByteArray &hash, bool isRoot);
    [[nodiscard]] bool hasSame(const QString &id, const QByteArray &hash) const;
    [[nodiscard]] bool has(const QString &id) const;
    /// Known as the beginning of a thread.
    [[nodiscard]] bool isRoot(const QString &id) const;
    [[nodiscard]] bool isEmpty() const { return m_order.isEmpty(); }
    [[nodiscard]] qsizetype size() const { return m_order.size(); }
    /// Appends what only `older` has, while there are fewer than `limit`.
    void fillUp(const FeedKnown &older, qsizetype limit);

    [[nodiscard]] QString toText() const;
    [[nodiscard]] static FeedKnown fromText(const QString &text);

    bool operator==(const FeedKnown &) const = default;

private:
    struct Seen
    {
        QByteArray hash;
        bool isRoot = false;
        bool operator==(const Seen &) const = default;
    };
    QHash<QByteArray, Seen> m_seen;
    QList<QByteArray> m_order;
};

/// A comment feed that has something for us.
struct PendingComments
{
    QUrl feed;
    QString id; ///< of the entry commented on
    QString title;
    QString url;
    int fails = 0;

    bool operator==(const PendingComments &) const = default;
};

/// Everything that lasts from one pull to the next.
struct FeedMark
{
    QByteArray etag;     ///< exactly as given
    QByteArray modified; ///< exactly as given
    int polls = 0;
    Time pulledAt; ///< the end of the last complete pull
    Duration ttl{0};
    QSet<int> skipHours;
    FeedKnown known;
    QHash<QString, int> commentCounts; ///< by entry id, as far as they were ever above zero
    QList<PendingComments> pending;

    [[nodiscard]] bool isFirst() const { return !isKnown(pulledAt); }
    [[nodiscard]] QString toText() const;
    /// An unreadable mark is an empty one: everything is looked at again.
    [[nodiscard]] static FeedMark fromText(const QString &text);

    bool operator==(const FeedMark &) const = default;
};

/// One pull under way, from its first page to its last comment feed. `mark` is what the next one will begin with, but
/// for `mark.known`, which holds only what this walk has met.
struct FeedWalk
{
    QUrl page;                  ///< of the feed, being read now; empty once only comment feeds are left
    int pages = 0;              ///< pages of the feed begun
    int commentFeedsLeft = 0;   ///< how many more may be asked in this pull
    bool isFull = false;        ///< asked without validators
    bool hasMetKnown = false;   ///< something known was met: nothing is missing
    bool hasBroughtNew = false; ///< the present page had something new
    FeedMark mark;

    [[nodiscard]] QString toText() const;
    [[nodiscard]] static FeedWalk fromText(const QString &text);

    bool operator==(const FeedWalk &) const = default;
};

} // namespace Earshot
