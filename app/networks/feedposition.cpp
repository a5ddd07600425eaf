// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedposition.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype KEY_LENGTH = 12;
constexpr qsizetype HASH_LENGTH = 8;
constexpr qsizetype RECORD_LENGTH = KEY_LENGTH + HASH_LENGTH + 1;

QByteArray keyOf(const QString &id)
{
    const QByteArray hash = QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256);
    return hash.left(9).toBase64(QByteArray::Base64UrlEncoding);
}

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject objectOf(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

QJsonObject toJson(const PendingComments &pending)
{
    return {{u"feed"_s, pending.feed.toString(QUrl::FullyEncoded)},
            {u"id"_s, pending.id},
            {u"title"_s, pending.title},
            {u"url"_s, pending.url},
            {u"fails"_s, pending.fails}};
}

PendingComments pendingOf(const QJsonObject &object)
{
    return {.feed = QUrl(object.value("feed"_L1).toString()),
            .id = object.value("id"_L1).toString(),
            .title = object.value("title"_L1).toString(),
            .url = object.value("url"_L1).toString(),
            .fails = object.value("fails"_L1).toInt()};
}

QJsonObject toJson(const FeedMark &mark)
{
    QJsonObject counts;
    for (auto it = mark.commentCounts.cbegin(); it != mark.commentCounts.cend(); ++it)
        counts.insert(it.key(), it.value());
    QJsonArray pending;
    for (const PendingComments &each : mark.pending)
        pending.append(toJson(each));
    QJsonArray skipHours;
    for (const int hour : mark.skipHours)
        skipHours.append(hour);
    return {{u"etag"_s, QString::fromLatin1(mark.etag)},
            {u"modified"_s, QString::fromLatin1(mark.modified)},
            {u"polls"_s, mark.polls},
            {u"at"_s, toMs(mark.pulledAt)},
            {u"ttl"_s, qint64(mark.ttl.count())},
            {u"skip"_s, skipHours},
            {u"known"_s, mark.known.toText()},
            {u"counts"_s, counts},
            {u"pending"_s, pending}};
}

FeedMark markOf(const QJsonObject &object)
{
    FeedMark mark;
    mark.etag = object.value("etag"_L1).toString().toLatin1();
    mark.modified = object.value("modified"_L1).toString().toLatin1();
    mark.polls = object.value("polls"_L1).toInt();
    mark.pulledAt = timeFromMs(object.value("at"_L1).toInteger());
    mark.ttl = Duration(object.value("ttl"_L1).toInteger());
    mark.known = FeedKnown::fromText(object.value("known"_L1).toString());
    const QJsonArray skipHours = object.value("skip"_L1).toArray();
    for (const QJsonValue &hour : skipHours)
        mark.skipHours.insert(hour.toInt());
    const QJsonObject counts = object.value("counts"_L1).toObject();
    for (auto it = counts.constBegin(); it != counts.constEnd(); ++it)
        mark.commentCounts.insert(it.key(), it.value().toInt());
    const QJsonArray pending = object.value("pending"_L1).toArray();
    for (const QJsonValue &each : pending)
        mark.pending.append(pendingOf(each.toObject()));
    return mark;
}

} // namespace

void FeedKnown::see(const QString &id, const QByteArray &hash, bool isRoot)
{
    const QByteArray key = keyOf(id);
    if (!m_seen.contains(key))
        m_order.append(key);
    m_seen.insert(key, {hash.left(HASH_LENGTH).leftJustified(HASH_LENGTH, '='), isRoot});
}

bool FeedKnown::hasSame(const QString &id, const QByteArray &hash) const
{
    const auto found = m_seen.constFind(keyOf(id));
    return found != m_seen.constEnd() && found->hash == hash.left(HASH_LENGTH).leftJustified(HASH_LENGTH, '=');
}

bool FeedKnown::has(const QString &id) const
{
    return m_seen.contains(keyOf(id));
}

bool FeedKnown::isRoot(const QString &id) const
{
    return m_seen.value(keyOf(id)).isRoot;
}

void FeedKnown::fillUp(const FeedKnown &older, qsizetype limit)
{
    for (const QByteArray &key : older.m_order) {
        if (m_order.size() >= limit)
            return;
        if (m_seen.contains(key))
            continue;
        m_seen.insert(key, older.m_seen.value(key));
        m_order.append(key);
    }
}

QString FeedKnown::toText() const
{
    QByteArray text;
    text.reserve(m_order.size() * RECORD_LENGTH);
    for (const QByteArray &key : m_order) {
        const Seen seen = m_seen.value(key);
        text += key + seen.hash + (seen.isRoot ? 'r' : 'c');
    }
    return QString::fromLatin1(text);
}

FeedKnown FeedKnown::fromText(const QString &text)
{
    FeedKnown known;
    const QByteArray all = text.toLatin1();
    for (qsizetype at = 0; at + RECORD_LENGTH <= all.size(); at += RECORD_LENGTH) {
        const QByteArray key = all.mid(at, KEY_LENGTH);
        if (!known.m_seen.contains(key))
            known.m_order.append(key);
        known.m_seen.insert(key, {all.mid(at + KEY_LENGTH, HASH_LENGTH), all.at(at + RECORD_LENGTH - 1) == 'r'});
    }
    return known;
}

QString FeedMark::toText() const
{
    return compact(toJson(*this));
}

FeedMark FeedMark::fromText(const QString &text)
{
    return markOf(objectOf(text));
}

QString FeedWalk::toText() const
{
    return compact({{u"page"_s, page.toString(QUrl::FullyEncoded)},
                    {u"pages"_s, pages},
                    {u"commentFeedsLeft"_s, commentFeedsLeft},
                    {u"full"_s, isFull},
                    {u"metKnown"_s, hasMetKnown},
                    {u"broughtNew"_s, hasBroughtNew},
                    {u"mark"_s, toJson(mark)}});
}

FeedWalk FeedWalk::fromText(const QString &text)
{
    const QJsonObject object = objectOf(text);
    FeedWalk walk;
    walk.page = QUrl(object.value("page"_L1).toString());
    walk.pages = object.value("pages"_L1).toInt();
    walk.commentFeedsLeft = object.value("commentFeedsLeft"_L1).toInt();
    walk.isFull = object.value("full"_L1).toBool();
    walk.hasMetKnown = object.value("metKnown"_L1).toBool();
    walk.hasBroughtNew = object.value("broughtNew"_L1).toBool();
    walk.mark = markOf(object.value("mark"_L1).toObject());
    return walk;
}

} // namespace Earshot
