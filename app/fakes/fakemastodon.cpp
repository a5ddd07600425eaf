// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"

#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

namespace Earshot {

FakeMastodon::FakeMastodon(QString host, Dialect dialect)
    : m_host(std::move(host))
    , m_dialect(dialect)
    , m_honoursKeys(dialect == Dialect::mastodon || dialect == Dialect::hollo)
{
}

QString FakeMastodon::makeId()
{
    const int serial = ++m_serial;
    QString id;
    switch (m_dialect) {
    case Dialect::mastodon:
        id = QString::number(113'000'000'000'000'000 + qint64(serial) * 65'536);
        break;
    case Dialect::goToSocial:
        id = QStringLiteral("01M80A%1K1KAB4RBC0D").arg(serial, 8, 10, QLatin1Char('0'));
        break;
    case Dialect::hollo:
        // Names that say nothing about their order.
        id = QUuid::createUuidV5(QUuid(), QByteArray::number(serial)).toString(QUuid::WithoutBraces);
        break;
    case Dialect::snac:
        id = QString::number(1'795'309'232'000'000 + serial);
        break;
    }
    m_serialOf.insert(id, serial);
    return id;
}

void FakeMastodon::addPerson(const QString &name, const QString &displayName)
{
    m_personAt.insert(name, m_people.size());
    m_people.append({.name = name, .displayName = displayName.isEmpty() ? name : displayName, .id = makeId()});
}

void FakeMastodon::setFollowers(const QString &name, int count)
{
    m_people[m_personAt.value(name)].followers = count;
}

QString FakeMastodon::idOf(const QString &name) const
{
    const auto at = m_personAt.constFind(name);
    return at == m_personAt.cend() ? QString() : m_people.at(*at).id;
}

void FakeMastodon::setLimit(int remaining, Time reset)
{
    m_remaining = remaining;
    m_reset = reset;
}

QStringList FakeMastodon::namesIn(const QString &text) const
{
    static const QRegularExpression pattern(QStringLiteral("(?<![\\w/])@([\\w.-]*\\w)(?:@([\\w.:-]*\\w))?"));
    QStringList names;
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString host = match.captured(2);
        const QString name =
            host.isEmpty() || host == m_host ? match.captured(1) : QString(match.captured(1) + QLatin1Char('@') + host);
        if (!idOf(name).isEmpty() && !names.contains(name))
            names.append(name);
    }
    return names;
}

QStringList FakeMastodon::tagsIn(const QString &text) const
{
    static const QRegularExpression pattern(QStringLiteral("(?<![\\w/&])#(\\w+)"),
                                            QRegularExpression::UseUnicodePropertiesOption);
    QStringList tags;
    for (auto it = pattern.globalMatch(text); it.hasNext();)
        tags.append(it.next().captured(1).toLower());
    return tags;
}

QString FakeMastodon::post(const QString &author, const QString &text, const Manner &manner)
{
    m_now += std::chrono::seconds(1);
    Post made;
    made.id = makeId();
    const QString host = author.contains(QLatin1Char('@')) ? author.section(QLatin1Char('@'), 1) : m_host;
    const QString user = author.section(QLatin1Char('@'), 0, 0);
    made.uri = QStringLiteral("https://%1/users/%2/statuses/%3").arg(host, user, made.id);
    made.author = author;
    made.text = text;
    made.manner = manner;
    made.createdAt = isKnown(manner.createdAt) ? manner.createdAt : m_now;
    made.mentions = namesIn(text);
    m_postAt.insert(made.id, m_posts.size());
    if (!manner.inReplyTo.isEmpty())
        m_repliesTo.insert(manner.inReplyTo, m_posts.size());
    m_posts.push_back(made);

    QStringList told = made.mentions;
    const Post *parent = find(manner.inReplyTo);
    const bool tellsParent = m_dialect == Dialect::hollo || m_dialect == Dialect::snac;
    if (parent && tellsParent && !told.contains(parent->author))
        told.append(parent->author);
    told.removeAll(author);
    for (const QString &name : std::as_const(told))
        notify(name, QStringLiteral("mention"), author, made);
    const Post *quoted = find(manner.quoteOf);
    if (quoted && m_dialect == Dialect::mastodon && !told.contains(quoted->author))
        notify(quoted->author, QStringLiteral("quote"), author, made);
    return made.id;
}

void FakeMastodon::setFetching(int questions, std::function<void()> arrival)
{
    m_fetching = questions;
    m_arrival = std::move(arrival);
}

void FakeMastodon::notify(const QString &to, const QString &type, const QString &from, const Post &post)
{
    if (m_policy.values().contains(QStringLiteral("drop")))
        return;
    QString id = makeId();
    if (m_dialect == Dialect::hollo) {
        const int serial = m_serialOf.take(id);
        id = toIso(post.createdAt) + QLatin1Char('/') + type + QLatin1Char('/') + id;
        m_serialOf.insert(id, serial);
    }
    m_notifications.append(
        {.id = id, .to = to, .type = type, .from = from, .postId = post.id, .createdAt = post.createdAt});
}

void FakeMastodon::edit(const QString &id, const QString &text)
{
    Post *post = find(id);
    if (!post)
        return;
    m_now += std::chrono::seconds(1);
    post->text = text;
    post->editedAt = m_now;
}

void FakeMastodon::remove(const QString &id)
{
    Post *post = find(id);
    if (!post)
        return;
    // On snac the copies of others stay.
    if (m_dialect == Dialect::snac && post->author != QLatin1StringView("brand"))
        return;
    post->isDeleted = true;
    m_notifications.removeIf([&](const Notification &one) { return one.postId == id; });
}

void FakeMastodon::like(const QString &person, const QString &id)
{
    Post *post = find(id);
    if (!post)
        return;
    post->likedBy.insert(person);
    notify(post->author, QStringLiteral("favourite"), person, *post);
}

const FakeMastodon::Post *FakeMastodon::find(const QString &id) const
{
    const auto at = m_postAt.constFind(id);
    if (at == m_postAt.cend() || m_posts.at(*at).isDeleted)
        return nullptr;
    return &m_posts.at(*at);
}

QList<size_t> FakeMastodon::repliesTo(const QString &id) const
{
    QList<size_t> places = m_repliesTo.values(id);
    std::sort(places.begin(), places.end());
    return places;
}

FakeMastodon::Post *FakeMastodon::find(const QString &id)
{
    return const_cast<Post *>(std::as_const(*this).find(id));
}

bool FakeMastodon::isVisible(const Post &post, const QString &viewer) const
{
    if (post.isDeleted)
        return false;
    const bool isOpen =
        post.manner.visibility == Visibility::everyone || post.manner.visibility == Visibility::unlisted;
    return isOpen || post.author == viewer || post.mentions.contains(viewer);
}

QStringList FakeMastodon::postsOf(const QString &author) const
{
    QStringList ids;
    for (const Post &post : m_posts) {
        if (post.author == author && !post.isDeleted)
            ids.append(post.id);
    }
    return ids;
}

QString FakeMastodon::textOfPost(const QString &id) const
{
    const Post *post = find(id);
    return post ? post->text : QString();
}

QString FakeMastodon::uriOf(const QString &id) const
{
    const auto at = m_postAt.constFind(id);
    return at == m_postAt.cend() ? QString() : m_posts.at(*at).uri;
}

QString FakeMastodon::parentOf(const QString &id) const
{
    const Post *post = find(id);
    return post ? post->manner.inReplyTo : QString();
}

QString FakeMastodon::authorOf(const QString &id) const
{
    const Post *post = find(id);
    return post ? post->author : QString();
}

QString FakeMastodon::languageOf(const QString &id) const
{
    const Post *post = find(id);
    return post ? post->manner.language : QString();
}

Visibility FakeMastodon::visibilityOf(const QString &id) const
{
    const Post *post = find(id);
    return post ? post->manner.visibility : Visibility::everyone;
}

QString FakeMastodon::contentWarningOf(const QString &id) const
{
    const Post *post = find(id);
    return post ? post->manner.contentWarning : QString();
}

QStringList FakeMastodon::mediaDescriptionsOf(const QString &id) const
{
    QStringList descriptions;
    if (const Post *post = find(id)) {
        for (const QString &medium : post->media)
            descriptions.append(m_media.value(medium).description);
    }
    return descriptions;
}

int FakeMastodon::likes(const QString &id) const
{
    const Post *post = find(id);
    return post ? int(post->likedBy.size()) : 0;
}

int FakeMastodon::boosts(const QString &id) const
{
    const Post *post = find(id);
    return post ? int(post->boostedBy.size()) : 0;
}

} // namespace Earshot
