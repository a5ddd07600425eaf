// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/wordpresswriter.h"

#include "networks/wordpressreader.h"

namespace Earshot {

namespace {

qint64 targetId(const Outgoing &outgoing)
{
    const qint64 id = commentIdOf(outgoing.targetUri);
    return id > 0 ? id : outgoing.targetRemoteId.toLongLong();
}

Delivered deliveredReply(const WordPressComment &comment, const QUrl &base)
{
    return {.uri = commentUri(base, comment.id),
            .remoteId = QString::number(comment.id),
            .url = comment.link,
            .moderation = moderationOf(comment.status)};
}

Delivered deliveredStatus(Moderation moderation)
{
    return {.uri = {}, .remoteId = {}, .url = {}, .moderation = moderation};
}

/// True when the comment is as the effect wants it.
bool isAsWanted(Effect effect, Moderation present)
{
    switch (effect) {
    case Effect::approve:
        return present == Moderation::approved;
    case Effect::unapprove:
    case Effect::hide:
        return present == Moderation::held;
    case Effect::spam:
        return present == Moderation::spam;
    case Effect::trash:
    case Effect::deleteOwn:
        return present == Moderation::trash;
    case Effect::restore:
        return present == Moderation::approved || present == Moderation::held;
    default:
        return false;
    }
}

/// The site's word that leads there. A restored comment returns to what it was before: there are two words for that.
QString statusWord(Effect effect, Moderation present)
{
    switch (effect) {
    case Effect::approve:
        return QStringLiteral("approved");
    case Effect::unapprove:
    case Effect::hide:
        return QStringLiteral("hold");
    case Effect::spam:
        return QStringLiteral("spam");
    case Effect::trash:
    case Effect::deleteOwn:
        return QStringLiteral("trash");
    case Effect::restore:
        return present == Moderation::spam ? QStringLiteral("unspam") : QStringLiteral("untrash");
    default:
        return {};
    }
}

/// What was to be gone and is: as good as done.
bool isDoneByAbsence(Effect effect)
{
    return effect == Effect::trash || effect == Effect::deleteOwn;
}

Error targetError(Error error)
{
    if (error.kind == ErrorKind::notFound || error.kind == ErrorKind::gone)
        error.kind = ErrorKind::parentGone;
    return error;
}

/// The comments that answer the same.
RestQuery siblingsOf(const Outgoing &outgoing)
{
    const qint64 parent = outgoing.targetUri == outgoing.threadUri ? 0 : targetId(outgoing);
    RestQuery query{{QStringLiteral("parent"), QString::number(parent)}};
    if (parent == 0)
        query.append({QStringLiteral("post"), QString::number(postIdOf(outgoing.threadUri))});
    return query;
}

bool isSameText(const QString &one, const QString &other)
{
    return one.simplified() == other.simplified();
}

} // namespace

QFuture<Result<Delivered>> WordPressWriter::deliver(const Outgoing &outgoing)
{
    const PendingDelivered pending = Pending<Delivered>::create();
    if (!m_site.isSignedIn())
        pending->end(fail(ErrorKind::permission, QStringLiteral("an application password is needed")));
    else if (outgoing.effect == Effect::reply)
        reply(outgoing, pending);
    else if (statusWord(outgoing.effect, Moderation::none).isEmpty())
        pending->end(fail(ErrorKind::unsupported, word(outgoing.effect)));
    else
        moderate(outgoing, pending);
    return pending->future();
}

void WordPressWriter::reply(const Outgoing &outgoing, const PendingDelivered &pending)
{
    const qint64 post = postIdOf(outgoing.threadUri);
    if (outgoing.targetUri == outgoing.threadUri && post > 0)
        return publish(outgoing, post, 0, pending);
    // WordPress accepts an answer to nothing, or to a comment of another post, without a word.
    readComment(targetId(outgoing), [=, this](const Result<WordPressComment> &parent) {
        if (!parent)
            return pending->end(tl::unexpected<Error>(targetError(parent.error())));
        const Moderation moderation = moderationOf(parent->status);
        if (moderation == Moderation::spam || moderation == Moderation::trash)
            return pending->end(fail(ErrorKind::parentGone, QStringLiteral("it is in ") + parent->status));
        if (post > 0 && parent->post != post)
            return pending->end(fail(ErrorKind::parentGone, QStringLiteral("it moved to another post")));
        publish(outgoing, parent->post, parent->id, pending);
    });
}

void WordPressWriter::publish(const Outgoing &outgoing, qint64 post, qint64 parent, const PendingDelivered &pending)
{
    const QJsonObject body{{QStringLiteral("post"), post},
                           {QStringLiteral("parent"), parent},
                           {QStringLiteral("content"), toCommentHtml(outgoing.text)},
                           {QStringLiteral("author_user_agent"), deliveryMark(outgoing.clientId)}};
    m_site.post(QStringLiteral("/wp/v2/comments"), body,
                [=, this](const Result<HttpAnswer> &answer) { onPublished(outgoing, answer, pending); });
}

void WordPressWriter::onPublished(const Outgoing &outgoing, const Result<HttpAnswer> &answer,
                                  const PendingDelivered &pending)
{
    if (!answer)
        return pending->end(tl::unexpected<Error>(answer.error()));
    if (answer->status >= 200 && answer->status < 300) {
        const auto understood = understandRest(*answer, m_site.now());
        const auto comment = understood ? Earshot::readComment(understood->json.object(), m_site.base()) : std::nullopt;
        if (!comment)
            return pending->end(fail(ErrorKind::unsure, QStringLiteral("the answer to the reply cannot be read")));
        return pending->end(deliveredReply(*comment, m_site.base()));
    }
    const Error error = restErrorOf(*answer, m_site.now());
    if (error.kind == ErrorKind::duplicate)
        return onDuplicate(outgoing, error, pending);
    // 503 is no refusal: Varnish and its like say it when they gave up waiting for a site that is still at work.
    const bool isRefusal = (answer->status < 500 && answer->status != 408) ||
                           restErrorCode(*answer) == QLatin1StringView("rest_comment_failed_create");
    if (isRefusal)
        return pending->end(tl::unexpected<Error>(error));
    // A proxy gave up waiting: the site may still be at work.
    if (answer->status != 500)
        return pending->end(fail(ErrorKind::unsure, error.detail));
    // Something broke while the comment was made, maybe after it was stored (a plugin that tells somebody). It is over
    // now, so that a look decides.
    m_site.withUser([=, this](const Result<qint64> &user) {
        findReply(outgoing, {}, user.value_or(0), [=](const Result<std::optional<Delivered>> &found) {
            if (!found)
                return pending->end(fail(ErrorKind::unsure, error.detail));
            if (*found)
                return pending->end(**found);
            pending->end(fail(ErrorKind::transient, error.detail));
        });
    });
}

/// The site has these words from us already: from an earlier attempt of this very reply, or from another one.
void WordPressWriter::onDuplicate(const Outgoing &outgoing, const Error &error, const PendingDelivered &pending)
{
    m_site.withUser([=, this](const Result<qint64> &user) {
        if (!user)
            return pending->end(tl::unexpected<Error>(error));
        readOwn(siblingsOf(outgoing), *user, [=, this](const Result<QList<WordPressComment>> &answers) {
            if (!answers)
                return pending->end(tl::unexpected<Error>(error));
            bool isUnmarked = false;
            for (const WordPressComment &comment : *answers) {
                const QString clientId = clientIdOf(comment.userAgent);
                if (!outgoing.clientId.isEmpty() && clientId == outgoing.clientId)
                    return pending->end(deliveredReply(comment, m_site.base()));
                isUnmarked = isUnmarked || (clientId.isEmpty() && isSameText(comment.text, outgoing.text));
            }
            // Without a mark it may be either: whoever knows when the attempt was has to look.
            pending->end(fail(isUnmarked ? ErrorKind::duplicate : ErrorKind::policy, error.detail));
        });
    });
}

void WordPressWriter::moderate(const Outgoing &outgoing, const PendingDelivered &pending)
{
    m_site.withUser([=, this](const Result<qint64> &user) {
        if (!user)
            return pending->end(tl::unexpected<Error>(user.error()));
        readComment(targetId(outgoing), [=, this, user = *user](const Result<WordPressComment> &comment) {
            if (!comment) {
                const Error error = targetError(comment.error());
                if (error.kind == ErrorKind::parentGone && isDoneByAbsence(outgoing.effect))
                    return pending->end(deliveredStatus(Moderation::trash));
                return pending->end(tl::unexpected<Error>(error));
            }
            if (outgoing.effect == Effect::deleteOwn && comment->userId != user)
                return pending->end(fail(ErrorKind::permission, QStringLiteral("the comment is not ours")));
            const Moderation present = moderationOf(comment->status);
            if (isAsWanted(outgoing.effect, present))
                return pending->end(deliveredStatus(present));
            setStatus(outgoing, *comment, pending);
        });
    });
}

void WordPressWriter::setStatus(const Outgoing &outgoing, const WordPressComment &comment,
                                const PendingDelivered &pending)
{
    const QString status = statusWord(outgoing.effect, moderationOf(comment.status));
    m_site.post(
        commentRoute(comment.id), {{QStringLiteral("status"), status}}, [=, this](const Result<HttpAnswer> &answer) {
            if (!answer)
                return pending->end(tl::unexpected<Error>(answer.error()));
            const auto understood = understandRest(*answer, m_site.now());
            if (!understood && understood.error().kind == ErrorKind::malformed)
                return pending->end(fail(ErrorKind::unsure, understood.error().detail));
            if (!understood)
                return pending->end(tl::unexpected<Error>(targetError(understood.error())));
            const QString now = understood->json.object().value(QStringLiteral("status")).toString();
            // A word that the site does not know is answered 200 and changes nothing.
            if (!isAsWanted(outgoing.effect, moderationOf(now)))
                return pending->end(fail(ErrorKind::policy, QStringLiteral("the site left the comment as ") + now));
            pending->end(deliveredStatus(moderationOf(now)));
        });
}

QFuture<Result<std::optional<Delivered>>> WordPressWriter::findDelivered(const Outgoing &outgoing,
                                                                         const Attempt &attempt)
{
    const PendingFound pending = Pending<std::optional<Delivered>>::create();
    if (!m_site.isSignedIn()) {
        pending->end(fail(ErrorKind::permission, QStringLiteral("an application password is needed")));
        return pending->future();
    }
    if (outgoing.effect != Effect::reply) {
        findStatus(outgoing, pending);
        return pending->future();
    }
    m_site.withUser([=, this](const Result<qint64> &user) {
        if (!user)
            return pending->end(tl::unexpected<Error>(user.error()));
        findReply(outgoing, attempt, *user, [pending](const auto &found) { pending->end(found); });
    });
    return pending->future();
}

void WordPressWriter::findReply(const Outgoing &outgoing, const Attempt &attempt, qint64 user, ThenFound then)
{
    const auto hasMark = [clientId = outgoing.clientId](const WordPressComment &comment) {
        return !clientId.isEmpty() && clientIdOf(comment.userAgent) == clientId;
    };
    const auto isSame = [outgoing, attempt, base = m_site.base()](const WordPressComment &comment) {
        // A plugin may have replaced the mark; another delivery's mark says that this is another reply.
        return isKnown(attempt.startedAt) && clientIdOf(comment.userAgent).isEmpty() &&
               comment.sentAt >= attempt.startedAt - attempt.clockSkew && isSameText(comment.text, outgoing.text) &&
               !attempt.boundUris.contains(commentUri(base, comment.id));
    };
    readOwn(siblingsOf(outgoing), user, [=, this](const Result<QList<WordPressComment>> &answers) {
        if (!answers)
            return then(tl::unexpected<Error>(answers.error()));
        auto found = std::find_if(answers->cbegin(), answers->cend(), hasMark);
        if (found == answers->cend())
            found = std::find_if(answers->cbegin(), answers->cend(), isSame);
        if (found != answers->cend())
            return then(std::optional(deliveredReply(*found, m_site.base())));
        // When the comment that it answers was deleted for good, the reply hangs on that one's parent now.
        readOwn({}, user, [=, this](const Result<QList<WordPressComment>> &newest) {
            if (!newest)
                return then(tl::unexpected<Error>(newest.error()));
            const auto moved = std::find_if(newest->cbegin(), newest->cend(), hasMark);
            then(moved == newest->cend() ? std::nullopt : std::optional(deliveredReply(*moved, m_site.base())));
        });
    });
}

void WordPressWriter::findStatus(const Outgoing &outgoing, const PendingFound &pending)
{
    readComment(targetId(outgoing), [=](const Result<WordPressComment> &comment) {
        if (!comment) {
            const Error error = targetError(comment.error());
            if (error.kind == ErrorKind::parentGone && isDoneByAbsence(outgoing.effect))
                return pending->end(std::optional(deliveredStatus(Moderation::trash)));
            return pending->end(tl::unexpected<Error>(error));
        }
        const Moderation present = moderationOf(comment->status);
        pending->end(isAsWanted(outgoing.effect, present) ? std::optional(deliveredStatus(present)) : std::nullopt);
    });
}

void WordPressWriter::readComment(qint64 id, ThenComment then)
{
    if (id <= 0)
        return then(fail(ErrorKind::invalid, QStringLiteral("no comment of this site")));
    m_site.get(commentRoute(id), {{QStringLiteral("_fields"), commentFields()}},
               [this, then = std::move(then)](const Result<RestAnswer> &answer) {
                   if (!answer)
                       return then(tl::unexpected<Error>(answer.error()));
                   const auto comment = Earshot::readComment(answer->json.object(), m_site.base());
                   if (!comment)
                       return then(fail(ErrorKind::malformed, QStringLiteral("no comment")));
                   then(*comment);
               });
}

void WordPressWriter::readOwn(const RestQuery &filter, qint64 user,
                              std::function<void(Result<QList<WordPressComment>>)> then)
{
    RestQuery query = filter;
    query.append({{QStringLiteral("author"), QString::number(user)},
                  {QStringLiteral("status"), QStringLiteral("any")},
                  {QStringLiteral("orderby"), QStringLiteral("id")},
                  {QStringLiteral("order"), QStringLiteral("desc")},
                  {QStringLiteral("per_page"), QStringLiteral("100")},
                  {QStringLiteral("_fields"), commentFields()}});
    m_site.get(QStringLiteral("/wp/v2/comments"), query, [this, then](const Result<RestAnswer> &answer) {
        if (!answer)
            return then(tl::unexpected<Error>(answer.error()));
        then(readComments(*answer, m_site.base()));
    });
}

} // namespace Earshot
