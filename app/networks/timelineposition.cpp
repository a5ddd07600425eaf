// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/timelineposition.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Earshot {

namespace {

const auto ringName = QStringLiteral("ring");
const auto newestName = QStringLiteral("newest");
const auto deepAtName = QStringLiteral("deepAt");
const auto deepName = QStringLiteral("deep");
const auto begunName = QStringLiteral("begun");
const auto repliesName = QStringLiteral("replies");
const auto talksName = QStringLiteral("talks");
const auto restName = QStringLiteral("rest");
const auto nextName = QStringLiteral("next");
const auto pagesName = QStringLiteral("pages");
const auto restartsName = QStringLiteral("restarts");
const auto linksName = QStringLiteral("links");
const auto metName = QStringLiteral("met");

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

QString TimelineMark::toString() const
{
    QJsonObject counts;
    for (auto it = replies.cbegin(); it != replies.cend(); ++it)
        counts.insert(it.key(), it.value());
    QJsonObject object{{ringName, QJsonArray::fromStringList(ring)},
                       {newestName, toMs(newest)},
                       {repliesName, counts},
                       {restName, hasRest}};
    if (isKnown(deepAt))
        object.insert(deepAtName, toMs(deepAt));
    if (!talks.isEmpty())
        object.insert(talksName, talks);
    return compact(object);
}

TimelineMark TimelineMark::from(const QString &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    TimelineMark mark;
    mark.ring = stringsFrom(object.value(ringName));
    mark.newest = timeFromMs(object.value(newestName).toInteger());
    mark.deepAt = timeFromMs(object.value(deepAtName).toInteger());
    const QJsonObject counts = object.value(repliesName).toObject();
    for (auto it = counts.begin(); it != counts.end(); ++it)
        mark.replies.insert(it.key(), it.value().toInt());
    mark.hasRest = object.value(restName).toBool();
    mark.talks = object.value(talksName).toString();
    return mark;
}

QString TimelineWalk::toString() const
{
    QJsonObject object{{nextName, QString::fromLatin1(next)},
                       {ringName, QJsonArray::fromStringList(ring)},
                       {newestName, toMs(newest)},
                       {pagesName, pages},
                       {restartsName, restarts},
                       {linksName, hasLinks}};
    if (hasMet)
        object.insert(metName, true);
    if (isDeep) {
        object.insert(deepName, true);
        object.insert(begunName, toMs(begunAt));
    }
    return compact(object);
}

TimelineWalk TimelineWalk::from(const QString &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    TimelineWalk walk;
    walk.next = object.value(nextName).toString().toLatin1();
    walk.ring = stringsFrom(object.value(ringName));
    walk.newest = timeFromMs(object.value(newestName).toInteger());
    walk.pages = object.value(pagesName).toInt();
    walk.restarts = object.value(restartsName).toInt();
    walk.hasLinks = object.value(linksName).toBool();
    walk.hasMet = object.value(metName).toBool();
    walk.isDeep = object.value(deepName).toBool();
    walk.begunAt = timeFromMs(object.value(begunName).toInteger());
    return walk;
}

} // namespace Earshot
