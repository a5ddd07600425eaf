// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonposition.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Earshot {

namespace {

const auto ringName = QStringLiteral("ring");
const auto newestName = QStringLiteral("newest");
const auto repliesName = QStringLiteral("replies");
const auto restName = QStringLiteral("rest");
const auto nextName = QStringLiteral("next");
const auto pagesName = QStringLiteral("pages");
const auto restartsName = QStringLiteral("restarts");
const auto linksName = QStringLiteral("links");

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QStringList stringsFrom(const QJsonValue &value)
{
    QStringList strings;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &entry : array)
        strings.append(entry.toString());
    return strings;
}

} // namespace

QString MastodonMark::toString() const
{
    QJsonObject counts;
    for (auto it = replies.cbegin(); it != replies.cend(); ++it)
        counts.insert(it.key(), it.value());
    return compact({{ringName, QJsonArray::fromStringList(ring)},
                    {newestName, toMs(newest)},
                    {repliesName, counts},
                    {restName, hasRest}});
}

MastodonMark MastodonMark::from(const QString &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    MastodonMark mark;
    mark.ring = stringsFrom(object.value(ringName));
    mark.newest = timeFromMs(object.value(newestName).toInteger());
    const QJsonObject counts = object.value(repliesName).toObject();
    for (auto it = counts.begin(); it != counts.end(); ++it)
        mark.replies.insert(it.key(), it.value().toInt());
    mark.hasRest = object.value(restName).toBool();
    return mark;
}

QString MastodonWalk::toString() const
{
    return compact({{nextName, QString::fromLatin1(next)},
                    {ringName, QJsonArray::fromStringList(ring)},
                    {newestName, toMs(newest)},
                    {pagesName, pages},
                    {restartsName, restarts},
                    {linksName, hasLinks}});
}

MastodonWalk MastodonWalk::from(const QString &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    MastodonWalk walk;
    walk.next = object.value(nextName).toString().toLatin1();
    walk.ring = stringsFrom(object.value(ringName));
    walk.newest = timeFromMs(object.value(newestName).toInteger());
    walk.pages = object.value(pagesName).toInt();
    walk.restarts = object.value(restartsName).toInt();
    walk.hasLinks = object.value(linksName).toBool();
    return walk;
}

} // namespace Earshot
