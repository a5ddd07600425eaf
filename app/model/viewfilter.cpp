// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/viewfilter.h"

#include "model/htmltext.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int allStatuses = 15;
constexpr int mostNamed = 200;
constexpr Duration longestWait = std::chrono::days(365);

template <class T>
void rise(QList<T> &list)
{
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

template <class Tag>
bool isFine(const QList<Id<Tag>> &ids)
{
    return ids.size() <= mostNamed && std::all_of(ids.cbegin(), ids.cend(), [](Id<Tag> id) { return id.value > 0; });
}

} // namespace

bool ViewFilter::isOfWork() const
{
    return (listedStatusBits() & (1 << int(Status::resolved))) == 0;
}

int ViewFilter::listedStatusBits() const
{
    return isOfUnanswered() ? statusBits() & (1 << int(Status::open)) : statusBits();
}

int ViewFilter::statusBits() const
{
    int bits = 0;
    for (const Status status : statuses)
        bits |= 1 << int(status);
    return bits == 0 ? allStatuses : bits;
}

void ViewFilter::setStatusBits(int bits)
{
    statuses.clear();
    for (const Status status : {Status::open, Status::pending, Status::snoozed, Status::resolved}) {
        if (bits != allStatuses && (bits & (1 << int(status))) != 0)
            statuses.append(status);
    }
}

void completeView(ViewContent &view, const ViewContent &stored)
{
    ViewFilter &filter = view.filter;
    if (filter.isOlder && view.search.isEmpty()) {
        filter.networks = stored.filter.networks;
        filter.waitsLonger = stored.filter.waitsLonger;
    }
    filter.isOlder = false;
}

QString tidyView(ViewContent &view)
{
    view.name = cleanLine(view.name, 60);
    view.search = cleanLine(view.search, 500);
    ViewFilter &filter = view.filter;
    filter.isOlder = false;
    rise(filter.statuses);
    rise(filter.channels);
    rise(filter.networks);
    rise(filter.tags);
    rise(filter.withoutTags);
    filter.setStatusBits(filter.statusBits());
    if (filter.owner != ViewFilter::Owner::agent)
        filter.agent = AgentId();
    if (view.name.isEmpty())
        return QStringLiteral("a view needs a name");
    if (filter.owner == ViewFilter::Owner::agent && !filter.agent.isValid())
        return QStringLiteral("a view of one agent's work names the agent");
    if (!isFine(filter.channels) || !isFine(filter.tags) || !isFine(filter.withoutTags))
        return QStringLiteral("a view names too many channels or tags");
    if (filter.waitsLonger.count() < 0 || filter.waitsLonger > longestWait)
        return QStringLiteral("the waiting time of a view is at most a year");
    filter.waitsLonger = std::chrono::ceil<std::chrono::minutes>(filter.waitsLonger);
    const auto isExcluded = [&filter](TagId tag) { return filter.withoutTags.contains(tag); };
    if (std::any_of(filter.tags.cbegin(), filter.tags.cend(), isExcluded))
        return QStringLiteral("a view cannot want and exclude the same tag");
    if (!view.search.isEmpty() && filter != ViewFilter())
        return QStringLiteral("a saved search has its filters among its words");
    return {};
}

QString networksToText(const QList<Network> &networks)
{
    QString text;
    for (const Network network : networks)
        text += QLatin1Char(' ') + QString::number(int(network));
    return text.isEmpty() ? text : text + QLatin1Char(' ');
}

QList<Network> networksFromText(const QString &text)
{
    QList<Network> networks;
    for (const QString &word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        networks.append(Network(word.toInt()));
    return networks;
}

} // namespace Earshot
