// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicaserver.h"

#include "model/words.h"

#include <QDateTime>

namespace Earshot {

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

} // namespace Earshot
