// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/listplaces.h"

#include <QSettings>
#include <QStringList>

namespace Earshot::ListPlaces {

namespace {

const auto lastKey = QLatin1StringView("window/list");

/// "channel 3 0 " and the like: what one list differs from another by.
QString nameOf(const ListQuery &query)
{
    return QStringList{word(query.view), QString::number(query.channel.value), QString::number(query.tag.value),
                       query.uuid}
        .join(QLatin1Char(' '));
}

/// "2 grouped"
QString orderText(const ListQuery &query)
{
    return QString::number(int(query.order)) + (query.isGrouped ? QStringLiteral(" grouped") : QString());
}

QString orderKey(const ListQuery &query)
{
    return QStringLiteral("lists/%1/%2").arg(nameOf(query), orderText(query));
}

} // namespace

ListQuery sortedAsChosen(ListQuery query)
{
    const QStringList chosen = QSettings().value(orderKey(query)).toString().split(QLatin1Char(' '));
    bool isNumber = false;
    const int order = chosen.value(0).toInt(&isNumber);
    if (!isNumber || order < int(ListOrder::newest) || order > int(ListOrder::reach) || !hasOrders(query))
        return query;
    query.order = ListOrder(order);
    query.isGrouped = chosen.value(1) == QLatin1StringView("grouped");
    return query;
}

void rememberOrder(const ListQuery &query, const ListQuery &chosen)
{
    QSettings().setValue(orderKey(query), orderText(chosen));
}

void rememberLast(const ListQuery &query)
{
    QSettings().setValue(lastKey, nameOf(query));
}

ListQuery last()
{
    const QStringList parts = QSettings().value(lastKey).toString().split(QLatin1Char(' '));
    ListQuery query;
    query.view = fromWord<View>(parts.value(0)).value_or(View::unassigned);
    query.channel = ChannelId(parts.value(1).toLongLong());
    query.tag = TagId(parts.value(2).toLongLong());
    // A name of ours may hold a space.
    query.uuid = parts.mid(3).join(QLatin1Char(' '));
    return query;
}

} // namespace Earshot::ListPlaces
