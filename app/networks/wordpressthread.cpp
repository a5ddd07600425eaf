// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/wordpressthread.h"

#include "networks/wordpressreader.h"

#include "model/htmltext.h"

#include <QJsonArray>
#include <QTimeZone>

namespace Earshot {

namespace {

constexpr qsizetype maxComments = 500;

RemoteMessage rootMessage(const QJsonObject &object, const WordPressPost &post, const QUrl &base)
{
    RemoteMessage root;
    root.uri = postUri(base, post.id);
    root.remoteId = postRemoteId(post.id);
    root.url = post.url.isEmpty() ? root.uri : post.url;
    root.threadUri = root.uri;
    root.threadTitle = post.title;
    root.threadUrl = root.url;
    root.isContext = true;
    const QString content =
        object.value(QLatin1StringView("content")).toObject().value(QLatin1StringView("rendered")).toString();
    root.text = cleanText(htmlToText(content, base));
    if (root.text.isEmpty())
        root.text = post.title;
    QDateTime moment = QDateTime::fromString(object.value(QLatin1StringView("date_gmt")).toString(), Qt::ISODate);
    moment.setTimeZone(QTimeZone::utc());
    root.sentAt = timeFrom(moment);
    return root;
}

} // namespace

QFuture<Result<QList<RemoteMessage>>> WordPressThread::read(const KnownMessage &message)
{
    auto work = std::make_shared<Work>();
    work->pending = Pending<QList<RemoteMessage>>::create();
    work->id = commentIdOf(message.uri);
    work->post = work->id > 0 ? 0 : postIdOf(message.uri);
    if (work->id <= 0 && work->post <= 0) {
        work->pending->end(fail(ErrorKind::invalid, QStringLiteral("no comment of this site: ") + message.uri));
        return work->pending->future();
    }
    m_site.withUser([this, work](const Result<qint64> &user) {
        if (!user)
            return work->pending->end(tl::unexpected<Error>(user.error()));
        work->user = *user;
        work->id > 0 ? readComment(work) : readNewest(work);
    });
    return work->pending->future();
}

void WordPressThread::readComment(const SharedWork &work)
{
    m_site.get(commentRoute(work->id), {{QStringLiteral("_fields"), commentFields()}},
               [this, work](const Result<RestAnswer> &answer) {
                   if (!answer)
                       return work->pending->end(tl::unexpected<Error>(answer.error()));
                   const auto comment = Earshot::readComment(answer->json.object(), m_site.base());
                   if (!comment)
                       return work->pending->end(fail(ErrorKind::malformed, QStringLiteral("no comment")));
                   work->comments.insert(comment->id, *comment);
                   work->post = comment->post;
                   readNewest(work);
               });
}

void WordPressThread::readList(const SharedWork &work, RestQuery query, std::function<void(const RestAnswer &)> then)
{
    query.append({{QStringLiteral("orderby"), QStringLiteral("id")},
                  {QStringLiteral("order"), QStringLiteral("desc")},
                  {QStringLiteral("per_page"), QString::number(mostRows)},
                  {QStringLiteral("_fields"), commentFields()}});
    // Spam and trash are nobody's talk; held comments are.
    if (m_site.isSignedIn())
        query.append(
            {{QStringLiteral("status"), QStringLiteral("all")}, {QStringLiteral("type"), QStringLiteral("all")}});
    m_site.get(QStringLiteral("/wp/v2/comments"), query,
               [this, work, then = std::move(then)](const Result<RestAnswer> &answer) {
                   const auto comments =
                       answer ? readComments(*answer, m_site.base()) : tl::unexpected<Error>(answer.error());
                   if (!comments)
                       return work->pending->end(tl::unexpected<Error>(comments.error()));
                   for (const WordPressComment &comment : *comments)
                       work->comments.insert(comment.id, comment);
                   then(*answer);
               });
}

void WordPressThread::readNewest(const SharedWork &work)
{
    readList(work,
             {{QStringLiteral("post"), QString::number(work->post)},
              {QStringLiteral("offset"), QString::number(work->offset)}},
             [this, work](const RestAnswer &answer) {
                 work->offset += mostRows;
                 const bool isEdge = answer.total >= 0 ? work->offset >= answer.total : answer.json.array().isEmpty();
                 if (isEdge)
                     return readRoot(work);
                 if (work->comments.size() < maxComments && work->offset < maxComments)
                     return readNewest(work);
                 readFamily(work);
             });
}

void WordPressThread::readFamily(const SharedWork &work)
{
    if (work->id <= 0)
        return readRoot(work);
    QString parents = QString::number(work->id);
    if (const qint64 parent = work->comments.value(work->id).parent; parent > 0)
        parents += u',' + QString::number(parent);
    readList(work, {{QStringLiteral("parent"), parents}}, [this, work](const RestAnswer &) { readAncestors(work); });
}

void WordPressThread::readAncestors(const SharedWork &work)
{
    qint64 missing = work->comments.value(work->id).parent;
    // A site can claim that two comments answer each other.
    for (qsizetype step = 0; step <= work->comments.size() && work->comments.contains(missing); ++step)
        missing = work->comments.value(missing).parent;
    if (missing <= 0 || work->comments.contains(missing) || work->ancestorsLeft-- <= 0)
        return readRoot(work);
    readList(work, {{QStringLiteral("include"), QString::number(missing)}}, [this, work, missing](const RestAnswer &) {
        work->comments.contains(missing) ? readAncestors(work) : readRoot(work);
    });
}

void WordPressThread::readRoot(const SharedWork &work)
{
    WordPressPost &root = work->root;
    root.id = work->post;
    root.route = work->comments.isEmpty() ? QStringLiteral("/wp/v2/posts/") + QString::number(work->post)
                                          : restRouteOf(m_site.root(), work->comments.first().postHref);
    work->rootMessage = rootMessage({}, root, m_site.base());
    if (root.route.isEmpty())
        return finish(work);
    m_site.get(root.route,
               {{QStringLiteral("context"), QStringLiteral("view")},
                {QStringLiteral("_fields"), QStringLiteral("id,link,title,content,date_gmt")}},
               [this, work](const Result<RestAnswer> &answer) {
                   const bool canHelpLater =
                       !answer &&
                       (answer.error().kind == ErrorKind::transient || answer.error().kind == ErrorKind::certificate ||
                        answer.error().kind == ErrorKind::rateLimited || answer.error().kind == ErrorKind::malformed);
                   if (canHelpLater)
                       return work->pending->end(tl::unexpected<Error>(answer.error()));
                   if (answer && answer->json.isObject()) {
                       work->root = readPost(answer->json.object(), work->root.route);
                       work->root.id = work->post;
                       work->rootMessage = rootMessage(answer->json.object(), work->root, m_site.base());
                   }
                   finish(work);
               });
}

void WordPressThread::finish(const SharedWork &work)
{
    QList<RemoteMessage> messages;
    if (work->post > 0)
        messages.append(work->rootMessage);
    for (const WordPressComment &comment : std::as_const(work->comments))
        messages.append(toMessage(comment, work->root, m_site.base(), work->user));
    work->pending->end(std::move(messages));
}

} // namespace Earshot
