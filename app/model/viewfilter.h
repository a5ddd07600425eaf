// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"
#include "model/time.h"
#include "model/words.h"

#include <QList>
#include <QString>

namespace Earshot {

/// The lists that agents work from. Stored as its word.
enum class View {
    mine,
    unassigned,
    open,
    waiting,
    snoozed,
    resolved,
    all,
    notesToMe,
    trouble,
    channel,
    tag,
    contact,
    custom, ///< what a ViewFilter selects
};

/// How a list is sorted. Stored as its number, so the order here never changes.
enum class ListOrder { newest, longestWaiting, priority, reach };

/// Which conversations a view lists. What is left as it is selects everything.
struct ViewFilter
{
    /// Whose they are; `me` is whoever looks. Stored as its number.
    enum class Owner { anyone, me, nobody, agent };

    QList<Status> statuses; ///< rising; empty = any
    Owner owner = Owner::anyone;
    AgentId agent;             ///< with Owner::agent
    QList<ChannelId> channels; ///< any of these; rising; empty = any
    QList<Network> networks;   ///< on a channel of any of these; rising; empty = any
    QList<TagId> tags;         ///< all of these; rising
    QList<TagId> withoutTags;  ///< none of these; rising
    Priority least = Priority::low;
    bool needsAnswer = false;
    bool isPrivate = false;
    bool hasTrouble = false;
    Duration waitsLonger{}; ///< what needs an answer, and has for longer than that; whole minutes, 0 = however long
    bool isOlder = false;   ///< read from a program that knows neither networks nor waiting times: see completeView()

    /// Whether it lists only what needs an answer.
    [[nodiscard]] bool isOfUnanswered() const { return needsAnswer || waitsLonger.count() > 0; }
    /// Whether a count of it can be kept: what waits long enough changes by the clock alone.
    [[nodiscard]] bool isCounted() const { return waitsLonger.count() == 0; }
    /// Whether only work that is not done can be in it: then it stays small, whatever the history.
    [[nodiscard]] bool isOfWork() const;
    /// The statuses as bits, 1 for `open`; none named = all.
    [[nodiscard]] int statusBits() const;
    /// The same of what is listed: only what is open needs an answer. None = nothing is.
    [[nodiscard]] int listedStatusBits() const;
    void setStatusBits(int bits);
    bool operator==(const ViewFilter &) const = default;
};

/// What a view is: a name and what it lists. Either a filter, or words for the full-text search.
struct ViewContent
{
    QString name;
    ViewFilter filter;
    QString search; ///< not empty: a saved search, its filter selects everything
    ListOrder order = ListOrder::newest;
    bool isGrouped = false; ///< what belongs to one thread stands together
    bool operator==(const ViewContent &) const = default;
};

/// What they did not know who wrote a view stays as it is stored: who only renames it must not clear that for
/// everybody.
void completeView(ViewContent &view, const ViewContent &stored);

/// As it is stored: names cut and made one line, lists rising and without doubles, nothing that contradicts itself.
/// @return what is wrong with it, in words for a log; empty = nothing
[[nodiscard]] QString tidyView(ViewContent &view);

/// Ids as they stand in one column: " 3 17 ", empty when there are none. Found by instr().
template <class Tag>
[[nodiscard]] QString idsToText(const QList<Id<Tag>> &ids)
{
    QString text;
    for (const Id<Tag> id : ids)
        text += QLatin1Char(' ') + QString::number(id.value);
    return text.isEmpty() ? text : text + QLatin1Char(' ');
}
template <class AnId>
[[nodiscard]] QList<AnId> idsFromText(const QString &text)
{
    QList<AnId> ids;
    for (const QString &word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        ids.append(AnId(word.toLongLong()));
    return ids;
}

/// Networks likewise, by their numbers.
[[nodiscard]] QString networksToText(const QList<Network> &networks);
[[nodiscard]] QList<Network> networksFromText(const QString &text);

} // namespace Earshot
