// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/timeline.h"

#include "ui/conversation/sentences.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <tuple>

namespace Earshot {

namespace {

constexpr qint64 eventTag = 1;
constexpr qint64 foldTag = 2;
constexpr qsizetype mostAsked = 200; ///< messages whose people are known, of the conversation and around it

std::pair<qint64, qint64> placeOf(const MessageRecord &message)
{
    return {toMs(message.sortAt), message.id.value};
}

TimelineItem itemOf(const std::shared_ptr<const MessageRecord> &message, bool isContext)
{
    TimelineItem item;
    item.key = Timeline::keyOf(message->id);
    item.message = message;
    item.at = message->sortAt;
    item.isContext = isContext;
    return item;
}

} // namespace

void Timeline::reset(const TimelineContent &content)
{
    m_messages.clear();
    m_places.clear();
    m_openFolds.clear();
    m_firstUnseen = MessageId();
    m_content = content;
    m_content.messages.clear();
    m_hasOlder = content.hasOlder;
    for (const MessageRecord &message : content.messages)
        insert(message);
    markUnseen();
    rebuild();
}

void Timeline::refresh(const TimelineContent &content)
{
    const bool hasContent = !content.messages.isEmpty();
    const Place first = hasContent ? placeOf(content.messages.first()) : Place();
    // More arrived than was read again: what lies between is not known, so what is older is paged in anew.
    const bool hasGap = hasContent && content.hasOlder && !m_messages.empty() && m_messages.rbegin()->first < first;
    if (m_messages.empty() || hasGap) {
        m_messages.clear();
        m_places.clear();
        m_hasOlder = content.hasOlder;
    }
    const Place oldest = m_messages.empty() ? first : m_messages.begin()->first;
    QSet<MessageId> kept;
    for (const MessageRecord &message : content.messages)
        kept.insert(message.id);
    QList<MessageId> lost;
    for (auto it = m_messages.lower_bound(first); hasContent && it != m_messages.end(); ++it) {
        if (!kept.contains(it->second->id))
            lost.append(it->second->id);
    }
    for (const MessageId id : std::as_const(lost))
        remove(id);
    for (const MessageRecord &message : content.messages) {
        // Older ones come by scrolling up only.
        if (!m_hasOlder || placeOf(message) >= oldest)
            insert(message);
    }
    m_content = content;
    m_content.messages.clear();
    rebuild();
}

void Timeline::replace(const QList<MessageRecord> &messages)
{
    for (const MessageRecord &message : messages) {
        if (m_places.contains(message.id))
            insert(message);
    }
    rebuild();
}

void Timeline::addOlder(const QList<MessageRecord> &messages, bool hasOlder)
{
    for (const MessageRecord &message : messages)
        insert(message);
    m_hasOlder = hasOlder;
    rebuild();
}

void Timeline::toggleFold(qint64 key)
{
    if (!m_openFolds.remove(key))
        m_openFolds.insert(key);
    rebuild();
}

void Timeline::insert(const MessageRecord &message)
{
    const Place place = placeOf(message);
    if (const auto known = m_places.constFind(message.id); known != m_places.cend()) {
        const auto it = m_messages.find(*known);
        // An unchanged record keeps its object, by which the view sees that nothing has to be laid out again.
        if (it != m_messages.end() && *it->second == message)
            return;
        m_messages.erase(*known);
    }
    m_places.insert(message.id, place);
    m_messages.emplace(place, std::make_shared<const MessageRecord>(message));
}

void Timeline::remove(MessageId id)
{
    if (const auto known = m_places.constFind(id); known != m_places.cend()) {
        m_messages.erase(*known);
        m_places.erase(known);
    }
}

void Timeline::markUnseen()
{
    if (!m_content.seen.isValid())
        return;
    for (const auto &[place, message] : m_messages) {
        if (message->kind == MessageKind::inbound && message->id > m_content.seen) {
            m_firstUnseen = message->id;
            return;
        }
    }
}

void Timeline::rebuild()
{
    QList<Entry> entries;
    entries.reserve(qsizetype(m_messages.size()) + m_content.events.size() + m_content.context.size());
    for (const auto &[place, message] : m_messages) {
        entries.append({place, itemOf(message, message->kind == MessageKind::context)});
        entries.last().item.isFirstUnseen = message->id == m_firstUnseen;
    }
    for (const MessageRecord &message : std::as_const(m_content.context)) {
        if (!m_places.contains(message.id))
            entries.append({placeOf(message), itemOf(std::make_shared<const MessageRecord>(message), true)});
    }
    sayEffects(entries);
    for (const JournalRecord &line : std::as_const(m_content.events)) {
        const QString text = Sentences::event(line, m_content.agentNames);
        if (text.isEmpty())
            continue;
        TimelineItem item;
        item.kind = TimelineItem::Kind::event;
        item.key = line.id * 4 + eventTag;
        item.text = text;
        item.at = line.at;
        entries.append({{toMs(line.at), line.id}, item, true});
    }
    if (m_content.hasOlderEvents && !m_content.events.isEmpty())
        entries.append({{toMs(m_content.events.constFirst().at), 0}, olderEvents(), true});
    std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
        // What happened to a message stands below it, also within one millisecond.
        return std::tie(a.place.first, a.isEvent, a.place.second) < std::tie(b.place.first, b.isEvent, b.place.second);
    });

    m_items.clear();
    m_items.reserve(entries.size());
    const qint64 from = m_hasOlder && !m_messages.empty() ? m_messages.begin()->first.first : 0;
    QList<Entry> run;
    bool isFirst = true;
    for (const Entry &entry : std::as_const(entries)) {
        if (entry.place.first < from)
            continue;
        if (entry.item.isContext) {
            run.append(entry);
            continue;
        }
        appendRun(run, isFirst);
        isFirst = isFirst && entry.item.kind != TimelineItem::Kind::message;
        m_items.append(entry.item);
    }
    appendRun(run, isFirst);
    m_indexes.clear();
    for (qsizetype i = 0; i < m_items.size(); ++i)
        m_indexes.insert(m_items.at(i).key, i);
}

/// What somebody wished for a message on its network is seen on it also before it has arrived there.
void Timeline::sayEffects(QList<Entry> &entries) const
{
    QHash<MessageId, QStringList> said;
    for (const DeliveryRecord &effect : m_content.effects)
        said[effect.message].append(Sentences::effect(effect));
    for (Entry &entry : entries)
        entry.item.text = said.value(entry.item.message->id).join(QStringLiteral(" · "));
}

TimelineItem Timeline::olderEvents() const
{
    TimelineItem item;
    item.kind = TimelineItem::Kind::event;
    item.key = eventTag; // no line has the number 0
    item.at = m_content.events.constFirst().at;
    item.text = QCoreApplication::translate("Earshot::Timeline",
                                            "What was done before is not shown here, only the newest %Ln event(s)",
                                            nullptr, int(m_content.events.size()));
    return item;
}

/// @param isFirst it is before everything else
/// @param isOldest what is left out of the thread is before it
QString Timeline::foldText(int count, bool isFirst, bool isOldest) const
{
    QString text =
        isFirst ? QCoreApplication::translate("Earshot::Timeline", "Earlier in the public thread (%Ln)", nullptr, count)
                : QCoreApplication::translate("Earshot::Timeline", "Also in the public thread (%Ln)", nullptr, count);
    if (isOldest && m_content.threadSize > 0)
        text = QCoreApplication::translate("Earshot::Timeline", "%1; the whole thread has %L2 messages", "a fold")
                   .arg(text, QLocale().toString(m_content.threadSize));
    return text;
}

void Timeline::appendRun(QList<Entry> &run, bool isFirst)
{
    if (run.isEmpty())
        return;
    TimelineItem fold;
    fold.kind = TimelineItem::Kind::fold;
    fold.key = run.first().item.key + foldTag;
    fold.at = run.first().item.at;
    fold.isOpenFold = m_openFolds.contains(fold.key);
    const bool isOldest = std::none_of(m_items.cbegin(), m_items.cend(),
                                       [](const TimelineItem &item) { return item.kind == TimelineItem::Kind::fold; });
    fold.text = foldText(int(run.size()), isFirst, isOldest);
    m_items.append(fold);
    if (fold.isOpenFold) {
        for (const Entry &entry : std::as_const(run))
            m_items.append(entry.item);
    }
    run.clear();
}

const MessageRecord *Timeline::oldest() const
{
    return m_messages.empty() ? nullptr : m_messages.begin()->second.get();
}

const MessageRecord *Timeline::newest() const
{
    return m_messages.empty() ? nullptr : m_messages.rbegin()->second.get();
}

const MessageRecord *Timeline::newestInbound() const
{
    for (auto it = m_messages.rbegin(); it != m_messages.rend(); ++it) {
        if (it->second->kind == MessageKind::inbound)
            return it->second.get();
    }
    return nullptr;
}

MessageId Timeline::newestConfirmed() const
{
    MessageId newest;
    for (const auto &[place, message] : m_messages) {
        if (message->kind != MessageKind::context && !isForecast(message->id))
            newest = std::max(newest, message->id);
    }
    return newest;
}

QList<std::pair<QString, QString>> Timeline::people() const
{
    QList<const MessageRecord *> talk;
    for (auto it = m_messages.rbegin(); it != m_messages.rend() && talk.size() < mostAsked; ++it) {
        if (it->second->kind == MessageKind::inbound || it->second->kind == MessageKind::context)
            talk.append(it->second.get());
    }
    for (auto it = m_content.context.crbegin(); it != m_content.context.crend() && talk.size() < 2 * mostAsked; ++it)
        talk.append(&*it);
    QList<std::pair<QString, QString>> all;
    QSet<QString> met;
    const auto add = [&](const QString &handle, const QString &name) {
        const QString key = handle.toCaseFolded();
        // Nobody is called by any other.
        if (!handle.startsWith(QLatin1Char('@')) || met.contains(key))
            return;
        met.insert(key);
        all.append({handle, name});
    };
    for (const MessageRecord *message : std::as_const(talk))
        add(message->authorHandle, message->authorName);
    for (const MessageRecord *message : std::as_const(talk)) {
        for (const QString &named : message->mentions)
            add(named, {});
    }
    return all;
}

const MessageRecord *Timeline::find(MessageId id) const
{
    const auto known = m_places.constFind(id);
    if (known == m_places.cend())
        return nullptr;
    const auto it = m_messages.find(*known);
    return it == m_messages.end() ? nullptr : it->second.get();
}

qsizetype Timeline::indexOf(MessageId id) const
{
    return m_indexes.value(keyOf(id), -1);
}

qsizetype Timeline::firstUnseen() const
{
    return m_firstUnseen.isValid() ? indexOf(m_firstUnseen) : -1;
}

} // namespace Earshot
