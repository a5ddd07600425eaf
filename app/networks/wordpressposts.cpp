// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/wordpressposts.h"

#include "model/htmltext.h"

#include <QJsonArray>
#include <QMap>

namespace Earshot {

namespace {

constexpr qsizetype maxBatch = 100;   // per_page's limit
constexpr qsizetype maxKnown = 2'000; // forgotten together then: titles change now and then

/// "/wp/v2/posts" of "/wp/v2/posts/4".
QString collectionOf(const QString &route)
{
    return route.left(route.lastIndexOf(u'/'));
}

bool canHelpLater(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::transient:
    case ErrorKind::certificate:
    case ErrorKind::rateLimited:
    case ErrorKind::malformed:
    case ErrorKind::cancelled:
        return true;
    default:
        return false;
    }
}

} // namespace

WordPressPost readPost(const QJsonObject &object, const QString &route)
{
    WordPressPost post;
    post.id = object.value(QLatin1StringView("id")).toInteger();
    post.route = route;
    const QString title =
        object.value(QLatin1StringView("title")).toObject().value(QLatin1StringView("rendered")).toString();
    post.title = cleanLine(htmlToText(title));
    const QUrl link(object.value(QLatin1StringView("link")).toString());
    if (link.scheme() == QLatin1StringView("http") || link.scheme() == QLatin1StringView("https"))
        post.url = link.toString(QUrl::FullyEncoded);
    return post;
}

void WordPressPosts::load(const QList<WordPressComment> &comments, std::function<void(Done)> then)
{
    if (m_known.size() > maxKnown)
        m_known.clear();
    QMap<QString, QList<qint64>> wanted;
    for (const WordPressComment &comment : comments) {
        if (comment.post <= 0 || m_known.contains(comment.post))
            continue;
        const QString route = restRouteOf(m_site.root(), comment.postHref);
        QList<qint64> &ids = wanted[collectionOf(route)];
        if (!route.isEmpty() && !ids.contains(comment.post))
            ids.append(comment.post);
    }
    QList<Batch> batches;
    for (auto it = wanted.cbegin(); it != wanted.cend(); ++it) {
        for (qsizetype from = 0; from < it->size(); from += maxBatch)
            batches.append({it.key(), it->mid(from, maxBatch)});
    }
    loadNext(std::move(batches), std::move(then));
}

WordPressPost WordPressPosts::postOf(const WordPressComment &comment) const
{
    WordPressPost post = m_known.value(comment.post);
    post.id = comment.post;
    if (post.route.isEmpty())
        post.route = restRouteOf(m_site.root(), comment.postHref);
    return post;
}

void WordPressPosts::loadNext(QList<Batch> batches, std::function<void(Done)> then)
{
    if (batches.isEmpty())
        return then({});
    const Batch batch = batches.takeFirst();
    RestQuery query{{QStringLiteral("include"), idList(batch.ids)},
                    {QStringLiteral("per_page"), QString::number(maxBatch)},
                    {QStringLiteral("_fields"), QStringLiteral("id,link,title")}};
    // Titles are the same in every context, and the edit context of posts wants rights of its own.
    query.append({QStringLiteral("context"), QStringLiteral("view")});
    const bool withUnpublished = m_site.isSignedIn() && !batch.isPublicOnly;
    if (withUnpublished)
        query.append({QStringLiteral("status"), QStringLiteral("any")});
    m_site.get(batch.collection, query, [=, this](const Result<RestAnswer> &answer) {
        if (!answer && canHelpLater(answer.error()))
            return then(tl::unexpected<Error>(answer.error()));
        if (!answer && withUnpublished) // a moderator who may not see drafts
            return loadNext(QList<Batch>{{batch.collection, batch.ids, true}} + batches, then);
        remember(batch, answer.value_or(RestAnswer()));
        loadNext(batches, then);
    });
}

void WordPressPosts::remember(const Batch &batch, const RestAnswer &answer)
{
    for (const qint64 id : batch.ids) {
        m_known[id].id = id;
        m_known[id].route = batch.collection + u'/' + QString::number(id);
    }
    const QJsonArray posts = answer.json.array();
    for (const QJsonValue &value : posts) {
        const qint64 id = value.toObject().value(QLatin1StringView("id")).toInteger();
        if (batch.ids.contains(id))
            m_known[id] = readPost(value.toObject(), batch.collection + u'/' + QString::number(id));
    }
}

} // namespace Earshot
