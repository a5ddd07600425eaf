// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicaserver.h"

#include "model/words.h"

#include <QDateTime>

namespace Earshot {

namespace {

ListedSlice sliceFrom(const QJsonValue &value)
{
    return {value[QLatin1StringView("id")].toString(),
            value[QLatin1StringView("blobId")].toString(),
            value[QLatin1StringView("size")].toInteger(),
            value[QLatin1StringView("state")].toString(),
            value[QLatin1StringView("kind")].toString(QStringLiteral("conversations")),
            value[QLatin1StringView("channel")].toString().toLongLong(),
            timeFromIso(value[QLatin1StringView("newestAt")].toString()).value_or(Time())};
}

} // namespace

Error methodErrorFrom(const QJsonObject &error)
{
    const QString type = error.value(QLatin1StringView("type")).toString();
    const QString description = error.value(QLatin1StringView("description")).toString();
    if (const auto kind = fromWord<ErrorKind>(error.value(QLatin1StringView("kind")).toString())) {
        const QString until = error.value(QLatin1StringView("until")).toString();
        return {*kind, description, timeFromIso(until).value_or(Time())};
    }
    if (type == QLatin1StringView("unknownMethod"))
        return {ErrorKind::unsupported, QStringLiteral("the server is too old for this"), {}};
    if (type == QLatin1StringView("invalidArguments"))
        return {ErrorKind::invalid, description, {}};
    return {ErrorKind::unknown, type + QStringLiteral(": ") + description, {}};
}

SliceListing listingFrom(const QJsonObject &object)
{
    SliceListing listing;
    listing.isComplete = object.value(QLatin1StringView("isComplete")).toBool();
    for (const QJsonValue &value : object.value(QLatin1StringView("slices")).toArray())
        listing.slices.append(sliceFrom(value));
    const QJsonValue toCome = object.value(QLatin1StringView("toCome"));
    for (const QJsonValue &value : toCome.toArray())
        listing.toCome.append(sliceFrom(value));
    // An older server does not tell which.
    if (!listing.isComplete && !toCome.isArray())
        listing.toCome.append(sliceFrom(QJsonObject()));
    return listing;
}

} // namespace Earshot
