// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakebluesky.h"

#include "networks/blueskyaddress.h"
#include "networks/blueskytext.h"
#include "networks/jsonvalues.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

const auto publicHost = QStringLiteral("public.api.bsky.app");
const auto directoryHost = QStringLiteral("plc.directory");

QByteArray base32(const QByteArray &bytes)
{
    QByteArray text;
    quint32 bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(c);
        for (count += 8; count >= 5; count -= 5)
            text += "abcdefghijklmnopqrstuvwxyz234567"[(bits >> quint32(count - 5)) & 31U];
    }
    return text;
}

QJsonObject refTo(const QString &uri, const QString &cid)
{
    return {{QStringLiteral("uri"), uri}, {QStringLiteral("cid"), cid}};
}

} // namespace

FakeBluesky::FakeBluesky(QString host, const QString &domain)
    : m_host(std::move(host))
    , m_domain(domain.isEmpty() ? m_host : domain)
    , m_oauth(m_host)
{
}

void FakeBluesky::expireTokens()
{
    m_tokensFrom = ++m_serial;
    m_oauth.expireTokens();
}

void FakeBluesky::endSessions()
{
    m_sessionsFrom = m_tokensFrom = ++m_serial;
    m_oauth.endSessions();
}

QStringList FakeBluesky::hosts() const
{
    QStringList hosts{m_host, publicHost, directoryHost};
    for (const Person &person : m_people)
        hosts.append(person.handle);
    return hosts;
}

void FakeBluesky::addPerson(const QString &name, const QString &displayName)
{
    const QByteArray hash = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
    const QString did = QStringLiteral("did:plc:") + QString::fromLatin1(base32(hash).first(24));
    m_people.append({.name = name,
                     .displayName = displayName.isEmpty() ? name : displayName,
                     .did = did,
                     .handle = name + QLatin1Char('.') + m_domain,
                     .isRevoked = false});
}

void FakeBluesky::setFollowers(const QString &name, int count)
{
    for (Person &person : m_people) {
        if (person.name == name)
            person.followers = count;
    }
}

const FakeBluesky::Person *FakeBluesky::personBy(const QString &name) const
{
    const auto person = std::find_if(m_people.cbegin(), m_people.cend(), [&name](const Person &one) {
        return one.did == name || one.name == name || one.handle.compare(name, Qt::CaseInsensitive) == 0;
    });
    return person == m_people.cend() ? nullptr : &*person;
}

QString FakeBluesky::didOf(const QString &name) const
{
    const Person *person = personBy(name);
    return person ? person->did : QString();
}

QString FakeBluesky::handleOf(const QString &name) const
{
    const Person *person = personBy(name);
    return person ? person->handle : QString();
}

void FakeBluesky::revoke(const QString &name)
{
    endSessions();
    for (Person &person : m_people)
        person.isRevoked = person.isRevoked || person.name == name;
}

void FakeBluesky::setLimit(int remaining, Time reset)
{
    m_remaining = remaining;
    m_reset = reset;
}

void FakeBluesky::block(const QString &blocker, const QString &blocked)
{
    m_blocks.insert(didOf(blocker) + QLatin1Char(' ') + didOf(blocked));
}

void FakeBluesky::setWriteLimits(int perHour, int perDay)
{
    m_writeLimits = {{.length = std::chrono::hours(1), .points = perHour, .spent = {}},
                     {.length = std::chrono::hours(24), .points = perDay, .spent = {}}};
}

void FakeBluesky::follow(const QString &who, const QString &whom)
{
    m_follows.insert(didOf(who) + QLatin1Char(' ') + didOf(whom));
}

void FakeBluesky::setStanding(const QString &name, Standing standing)
{
    for (Person &person : m_people) {
        if (person.name == name)
            person.standing = standing;
    }
}

void FakeBluesky::setPriority(const QString &name, bool isOn)
{
    for (Person &person : m_people) {
        if (person.name == name)
            person.hasPriority = isOn;
    }
}

void FakeBluesky::hideList(const QString &name, const QString &list, const QStringList &members, bool isBlock)
{
    HiddenList hidden{.owner = didOf(name), .name = list, .members = {}, .isBlock = isBlock};
    for (const QString &member : members)
        hidden.members.append(didOf(member));
    m_hidden.append(hidden);
}

bool FakeBluesky::isBlocked(const QString &a, const QString &b) const
{
    return m_blocks.contains(a + QLatin1Char(' ') + b) || m_blocks.contains(b + QLatin1Char(' ') + a);
}

QString FakeBluesky::makeKey()
{
    quint64 value = (quint64(toMs(m_now)) * 1000 + quint64(++m_serial % 1000)) * 1024 + 7;
    QString key(13, QLatin1Char('2'));
    for (qsizetype i = key.size() - 1; i >= 0; --i) {
        key[i] = QLatin1StringView("234567abcdefghijklmnopqrstuvwxyz")[qsizetype(value % 32)];
        value /= 32;
    }
    return key;
}

QString FakeBluesky::cidOfRecord(const QJsonObject &record)
{
    const QByteArray bytes = QJsonDocument(record).toJson(QJsonDocument::Compact);
    return QStringLiteral("bafyrei") +
           QString::fromLatin1(base32(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256)).first(51));
}

const FakeBluesky::Record *FakeBluesky::find(const QString &uri) const
{
    const auto record = m_records.constFind(uri);
    return record == m_records.cend() ? nullptr : &*record;
}

QJsonArray FakeBluesky::facetsIn(const QString &text) const
{
    const QList<TextFacet> facets = findFacets(text);
    QHash<QString, QString> dids;
    for (const TextFacet &facet : facets) {
        if (facet.kind == TextFacet::Kind::mention && personBy(facet.value))
            dids.insert(facet.value, personBy(facet.value)->did);
    }
    return facetsToJson(facets, dids);
}

FakeBluesky::Record &FakeBluesky::store(const QString &did, const QString &collection, const QString &key,
                                        const QJsonObject &value)
{
    Record record;
    record.uri = AtUri{did, collection, key}.toString();
    record.did = did;
    record.collection = collection;
    record.key = key;
    record.value = value;
    record.cid = cidOfRecord(value);
    const Time created = timeOf(value, "createdAt");
    record.indexedAt = isKnown(created) ? std::min(created, m_now) : m_now;
    record.serial = ++m_serial;
    if (const Record *earlier = find(record.uri)) {
        record.indexedAt = earlier->indexedAt;
        record.isGated = earlier->isGated;
        record.serial = earlier->serial;
    } else {
        m_order.append(record.uri);
    }
    return *m_records.insert(record.uri, record);
}

QString FakeBluesky::post(const QString &author, const QString &text, const Manner &manner)
{
    m_now += m_step;
    QJsonObject record{{QStringLiteral("$type"), postType},
                       {QStringLiteral("text"), text},
                       {QStringLiteral("langs"), QJsonArray{manner.language}},
                       {QStringLiteral("createdAt"), toIso(isKnown(manner.createdAt) ? manner.createdAt : m_now)}};
    const QJsonArray facets = manner.facets.isEmpty() ? facetsIn(text) : manner.facets;
    if (!facets.isEmpty())
        record.insert(QStringLiteral("facets"), facets);
    if (const Record *parent = find(manner.inReplyTo)) {
        const QJsonObject root = objectOf(objectOf(parent->value, "reply"), "root");
        const QJsonObject ref = refTo(parent->uri, parent->cid);
        record.insert(QStringLiteral("reply"), QJsonObject{{QStringLiteral("root"), root.isEmpty() ? ref : root},
                                                           {QStringLiteral("parent"), ref}});
    }
    if (!manner.embed.isEmpty())
        record.insert(QStringLiteral("embed"), manner.embed);
    if (const Record *quoted = find(manner.quoteOf))
        record.insert(QStringLiteral("embed"),
                      QJsonObject{{QStringLiteral("$type"), QStringLiteral("app.bsky.embed.record")},
                                  {QStringLiteral("record"), refTo(quoted->uri, quoted->cid)}});
    QJsonArray values;
    for (const QString &label : manner.labels)
        values.append(QJsonObject{{QStringLiteral("val"), label}});
    if (!values.isEmpty())
        record.insert(QStringLiteral("labels"), QJsonObject{{QStringLiteral("values"), values}});
    Record &stored = store(didOf(author), postType, makeKey(), record);
    stored.isGated = manner.isGated;
    notifyOf(stored);
    return stored.uri;
}

/// One notification a post and recipient: who is named, who wrote what stands at most four levels above, who is quoted.
void FakeBluesky::notifyOf(const Record &post)
{
    QHash<QString, Notification> told;
    const auto tell = [&](const QString &did, const char *reason, const QString &subject) {
        if (did != post.did && personBy(did) && !told.contains(did))
            told.insert(did, {did, post.uri, QString::fromLatin1(reason), subject, post.indexedAt});
    };
    const QJsonArray facets = listOf(post.value, "facets");
    for (const QJsonValue &facet : facets) {
        const QJsonArray features = listOf(facet.toObject(), "features");
        for (const QJsonValue &feature : features)
            tell(textOf(feature.toObject(), "did"), "mention", {});
    }
    QString above = textOf(objectOf(objectOf(post.value, "reply"), "parent"), "uri");
    for (int level = 0; level < 4; ++level) {
        const Record *ancestor = find(above);
        if (!ancestor)
            break;
        tell(ancestor->did, "reply", ancestor->uri);
        above = textOf(objectOf(objectOf(ancestor->value, "reply"), "parent"), "uri");
    }
    const QString quoted = textOf(objectOf(objectOf(post.value, "embed"), "record"), "uri");
    tell(parseAtUri(quoted).repo, "quote", quoted);
    for (const Notification &notification : std::as_const(told))
        m_notifications.append(notification);
}

/// Likes, reposts and follows, and what one does not know yet.
void FakeBluesky::notifyOfReaction(const Record &record)
{
    const QString kind = record.collection.section(QLatin1Char('.'), -1);
    const QString subject = textOf(objectOf(record.value, "subject"), "uri");
    const QString to = subject.isEmpty() ? textOf(record.value, "subject") : parseAtUri(subject).repo;
    if (to != record.did && personBy(to))
        m_notifications.append({to, record.uri, kind, subject, record.indexedAt});
}

void FakeBluesky::edit(const QString &uri, const QString &text)
{
    const Record *record = find(uri);
    if (!record)
        return;
    QJsonObject value = record->value;
    value.insert(QStringLiteral("text"), text);
    value.insert(QStringLiteral("facets"), facetsIn(text));
    store(record->did, record->collection, record->key, value);
}

void FakeBluesky::remove(const QString &uri)
{
    m_records.remove(uri);
    m_order.removeAll(uri);
    m_notifications.removeIf([&uri](const Notification &notification) { return notification.uri == uri; });
}

QList<const FakeBluesky::Record *> FakeBluesky::liveOf(const QString &collection) const
{
    QList<const Record *> records;
    for (const QString &uri : m_order) {
        const Record *record = find(uri);
        if (record && record->collection == collection)
            records.append(record);
    }
    return records;
}

QStringList FakeBluesky::postsOf(const QString &author) const
{
    QStringList uris;
    const QList<const Record *> posts = liveOf(postType);
    for (const Record *post : posts) {
        if (post->did == didOf(author))
            uris.append(post->uri);
    }
    return uris;
}

QJsonObject FakeBluesky::recordOf(const QString &uri) const
{
    const Record *record = find(uri);
    return record ? record->value : QJsonObject();
}

QString FakeBluesky::textOfPost(const QString &uri) const
{
    return textOf(recordOf(uri), "text");
}

QString FakeBluesky::cidOf(const QString &uri) const
{
    const Record *record = find(uri);
    return record ? record->cid : QString();
}

QString FakeBluesky::ownRecord(const char *collection, const QString &did, const QString &subject) const
{
    const QList<const Record *> records = liveOf(QString::fromLatin1(collection));
    for (const Record *record : records) {
        const bool isIt = textOf(objectOf(record->value, "subject"), "uri") == subject;
        if (isIt && (did.isEmpty() || record->did == did))
            return record->uri;
    }
    return {};
}

int FakeBluesky::likes(const QString &uri) const
{
    const QList<const Record *> all = liveOf(QStringLiteral("app.bsky.feed.like"));
    return int(std::count_if(all.cbegin(), all.cend(), [&uri](const Record *like) {
        return textOf(objectOf(like->value, "subject"), "uri") == uri;
    }));
}

int FakeBluesky::reposts(const QString &uri) const
{
    const QList<const Record *> all = liveOf(QStringLiteral("app.bsky.feed.repost"));
    return int(std::count_if(all.cbegin(), all.cend(), [&uri](const Record *repost) {
        return textOf(objectOf(repost->value, "subject"), "uri") == uri;
    }));
}

bool FakeBluesky::isNotified(const QString &name, const QString &uri) const
{
    return std::any_of(m_notifications.cbegin(), m_notifications.cend(), [&](const Notification &notification) {
        return notification.to == didOf(name) && notification.uri == uri;
    });
}

} // namespace Earshot
