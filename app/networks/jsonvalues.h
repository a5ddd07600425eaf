// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QUrl>

namespace Earshot {

/// A value of a server's answer, by name.
[[nodiscard]] inline QJsonValue valueOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1StringView(name));
}
[[nodiscard]] inline QString textOf(const QJsonObject &object, const char *name)
{
    const QJsonValue value = valueOf(object, name);
    // An id that somebody forgot to quote; whole numbers keep all their digits.
    return value.isDouble() ? value.toVariant().toString() : value.toString();
}
[[nodiscard]] inline QJsonObject objectOf(const QJsonObject &object, const char *name)
{
    return valueOf(object, name).toObject();
}
[[nodiscard]] inline QJsonArray listOf(const QJsonObject &object, const char *name)
{
    return valueOf(object, name).toArray();
}
/// An RFC 3339 time; not known when absent or nonsense.
[[nodiscard]] inline Time timeOf(const QJsonObject &object, const char *name)
{
    QDateTime moment = QDateTime::fromString(textOf(object, name), Qt::ISODateWithMs);
    // Without a zone it is the server's clock, and servers count in UTC; certainly not by ours.
    if (moment.timeSpec() == Qt::LocalTime)
        moment.setTimeSpec(Qt::UTC);
    return timeFrom(moment);
}
/// A stranger's address if it is one of the web (http, https) and of bearable length, else empty.
[[nodiscard]] inline QString webAddress(const QString &text)
{
    const QUrl url(text);
    const bool isWeb = url.scheme() == QLatin1StringView("https") || url.scheme() == QLatin1StringView("http");
    return isWeb && !url.host().isEmpty() && text.size() < 4000 ? url.toString(QUrl::FullyEncoded) : QString();
}

} // namespace Earshot
