// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QHash>
#include <QSet>

#include <map>
#include <memory>

namespace Earshot {

/// One thing in a conversation's timeline, as it is drawn.
struct TimelineItem
{
    enum class Kind { message, event, fold };

    Kind kind = Kind::message;
    qint64 key = 0;                               ///< the same for the same thing as long as the timeline lives
    std::shared_ptr<const MessageRecord> message; ///< for Kind::message
    /// Of an event: its sentence; of a fold: what it holds; of a message: the like and so on that has not arrived.
    QString text;
    Time at;
    bool isContext = false;     ///< somebody else's, from the public thread around
    bool isFirstUnseen = false; ///< "new" is written above it
    bool isOpenFold = false;

    bool operator==(const TimelineItem &) const = default;
};

/// What a conversation's timeline is made of, as one reading of the workspace gave it.
struct TimelineContent
{
    QList<MessageRecord> messages; ///< the newest ones, oldest first
    QList<JournalRecord> events;
    QList<MessageRecord> context;
    QList<DeliveryRecord> effects; ///< of the channel, that have not arrived
    QHash<qint64, QString> agentNames;
    QString channelIdentity; ///< as whom we speak there
    bool hasOlder = false;   ///< there are messages before the first
    bool hasOlderEvents = false;
    qint64 threadSize = 0; ///< messages of the public thread, not all of which are in `context`; 0 = all are
    MessageId seen;        ///< the newest one that I have seen; none = no mark is drawn
};

/// The order of a timeline: messages, events and folded runs of the public thread around them, by time. Pure: no
/// widget, no reading.
class Timeline final
{
public:
    /// Everything anew.
    void reset(const TimelineContent &content);
    /// What was read again: replaces the newest messages (what is missing among them is gone), events and context;
    /// what is older than the first of them stays. The mark of the unseen stays where it is.
    void refresh(const TimelineContent &content);
    /// Replaces messages that are held, ignores others.
    void replace(const QList<MessageRecord> &messages);
    void addOlder(const QList<MessageRecord> &messages, bool hasOlder);
    void toggleFold(qint64 key);

    [[nodiscard]] const QList<TimelineItem> &items() const { return m_items; }
    [[nodiscard]] bool hasOlder() const { return m_hasOlder; }
    [[nodiscard]] qsizetype messageCount() const { return qsizetype(m_messages.size()); }
    [[nodiscard]] const MessageRecord *oldest() const;
    [[nodiscard]] const MessageRecord *newest() const;
    /// Handle and name of who wrote in the thread, and of who was named in it: the newest first, who wrote before all.
    [[nodiscard]] QList<std::pair<QString, QString>> people() const;
    /// The contact's newest message.
    [[nodiscard]] const MessageRecord *newestInbound() const;
    /// Of all that is shown of the conversation, what the server has of it.
    [[nodiscard]] MessageId newestConfirmed() const;
    [[nodiscard]] const MessageRecord *find(MessageId id) const;
    /// Index of the item of a message, -1 when it is not shown.
    [[nodiscard]] qsizetype indexOf(MessageId id) const;
    [[nodiscard]] qsizetype indexOfKey(qint64 key) const { return m_indexes.value(key, -1); }
    [[nodiscard]] qsizetype firstUnseen() const;
    [[nodiscard]] const QString &channelIdentity() const { return m_content.channelIdentity; }

    [[nodiscard]] static qint64 keyOf(MessageId id) { return id.value * 4; }

private:
    using Place = std::pair<qint64, qint64>;
    using Shared = std::shared_ptr<const MessageRecord>;
    struct Entry
    {
        Place place;
        TimelineItem item;
        bool isEvent = false;
    };

    void insert(const MessageRecord &message);
    void remove(MessageId id);
    void markUnseen();
    void rebuild();
    void sayEffects(QList<Entry> &entries) const;
    [[nodiscard]] TimelineItem olderEvents() const;
    void appendRun(QList<Entry> &run, bool isFirst);
    [[nodiscard]] QString foldText(int count, bool isFirst, bool isOldest) const;

    TimelineContent m_content; ///< events, context and names; its messages are held below
    std::map<Place, Shared> m_messages;
    QHash<MessageId, Place> m_places;
    QSet<qint64> m_openFolds;
    MessageId m_firstUnseen;
    bool m_hasOlder = false;
    QList<TimelineItem> m_items;
    QHash<qint64, qsizetype> m_indexes;
};

} // namespace Earshot
