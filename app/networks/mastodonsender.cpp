// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonsender.h"

#include "model/recipients.h"
#include "model/textcount.h"
#include "networks/mediapreparation.h"

#include <QRegularExpression>
#include <QTimer>

#include <algorithm>

namespace Earshot {

namespace {

/// Half a minute at the usual second: within an attempt's deadline.
constexpr int mostMediaPolls = 30;
constexpr int mostSearchPages = 5;

QString wordOf(Visibility visibility)
{
    switch (visibility) {
    case Visibility::everyone:
        return QStringLiteral("public");
    case Visibility::unlisted:
        return QStringLiteral("unlisted");
    case Visibility::followers:
        return QStringLiteral("private");
    case Visibility::direct:
        return QStringLiteral("direct");
    }
    Q_UNREACHABLE();
}

QString verbOf(Effect effect)
{
    switch (effect) {
    case Effect::like:
        return QStringLiteral("favourite");
    case Effect::unlike:
        return QStringLiteral("unfavourite");
    case Effect::boost:
        return QStringLiteral("reblog");
    case Effect::unboost:
        return QStringLiteral("unreblog");
    default:
        return {};
    }
}

/// Whether a post is already as the effect would make it.
bool isDone(Effect effect, const QJsonObject &status)
{
    const bool isFavourite = valueOf(status, "favourited").toBool();
    const bool isBoosted = valueOf(status, "reblogged").toBool();
    switch (effect) {
    case Effect::like:
        return isFavourite;
    case Effect::unlike:
        return !isFavourite;
    case Effect::boost:
        return isBoosted;
    case Effect::unboost:
        return !isBoosted;
    default:
        return false;
    }
}

Delivered deliveredFrom(const QJsonObject &status)
{
    return {.uri = uriOf(status),
            .remoteId = textOf(status, "id"),
            .url = textOf(status, "url"),
            .moderation = Moderation::none};
}

} // namespace

Result<Outgoing> prepareReply(Outgoing wish, const RemoteMessage &target, const MastodonSession &session)
{
    if (!session.client->isSignedIn())
        return Earshot::fail(ErrorKind::unsupported, QStringLiteral("the channel has no account"));
    wish.targetUri = target.uri;
    wish.targetRemoteId = target.remoteId;
    wish.threadUri = target.threadUri.isEmpty() ? target.uri : target.threadUri;
    if (!verbOf(wish.effect).isEmpty())
        return wish;
    if (wish.effect == Effect::deleteOwn) {
        return target.isOurs ? Result<Outgoing>(wish)
                             : Earshot::fail(ErrorKind::invalid, QStringLiteral("not our own post"));
    }
    if (wish.effect != Effect::reply)
        return Earshot::fail(ErrorKind::unsupported, word(wish.effect));
    const Capabilities &can = session.server.capabilities;
    if (wish.text.trimmed().isEmpty() && wish.media.isEmpty())
        return Earshot::fail(ErrorKind::invalid, QStringLiteral("nothing to say"));
    if (can.maxMedia > 0 && wish.media.size() > can.maxMedia)
        return Earshot::fail(ErrorKind::invalid, QStringLiteral("more than %1 files").arg(can.maxMedia));

    if (!wish.mayWiden)
        wish.visibility = std::max(wish.visibility, target.visibility);
    // The server names nobody by itself, and who is not named hears nothing.
    if (wish.visibility == Visibility::direct && wish.recipients && wish.recipients->isEmpty())
        return Earshot::fail(ErrorKind::invalid, QStringLiteral("a private reply that nobody could read"));
    if (!wish.recipients) {
        const QString author = target.isOurs ? QString() : target.author.handle;
        wish.recipients =
            recipientsOf(Network::mastodon, {author, target.mentions, target.visibility}, wish.visibility);
    }
    wish.text = missingNames(*wish.recipients, wish.text, session.view.domain) + wish.text;
    wish.contentWarning = warningOf(wish.contentWarning, target.contentWarning);
    const TextCount count = countText(wish.text, wish.contentWarning, can);
    if (count.isTooLong())
        return Earshot::fail(ErrorKind::tooLong, QStringLiteral("%1 of %2").arg(count.used).arg(count.limit));
    return wish;
}

MastodonDelivery::MastodonDelivery(MastodonSession &session, Outgoing outgoing, Duration mediaPoll, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_outgoing(std::move(outgoing))
    , m_mediaPoll(mediaPoll)
{
    begin();
}

void MastodonDelivery::fail(const Error &error)
{
    end(tl::unexpected(error));
}

void MastodonDelivery::begin()
{
    if (!m_session.client->isSignedIn())
        fail({.kind = ErrorKind::unsupported, .detail = QStringLiteral("the channel has no account"), .until = {}});
    else if (m_outgoing.targetRemoteId.isEmpty())
        fail({.kind = ErrorKind::invalid, .detail = QStringLiteral("no target"), .until = {}});
    else if (m_outgoing.effect == Effect::reply)
        uploadNext();
    else if (m_outgoing.effect == Effect::deleteOwn)
        deletePost();
    else if (!verbOf(m_outgoing.effect).isEmpty())
        react();
    else
        fail({.kind = ErrorKind::unsupported, .detail = word(m_outgoing.effect), .until = {}});
}

void MastodonDelivery::uploadNext()
{
    if (m_mediaIds.size() == m_outgoing.media.size()) {
        post();
        return;
    }
    const OutgoingMedia &media = m_outgoing.media.at(m_mediaIds.size());
    const Result<PreparedMedium> prepared =
        prepareMedium(m_session.access, media, {.maxBytes = m_session.server.capabilities.maxMediaBytes, .maxEdge = 0});
    if (!prepared) {
        fail(prepared.error());
        return;
    }
    if (prepared->isScaled)
        m_scaled.append({.position = int(m_mediaIds.size()), .width = prepared->width, .height = prepared->height});
    m_session.client->upload(prepared->content, prepared->type, media.description, this,
                             [this](const Result<MastodonReply> &reply) { takeUpload(reply); });
}

void MastodonDelivery::takeUpload(const Result<MastodonReply> &reply)
{
    if (!reply) {
        fail(reply.error());
        return;
    }
    const QString id = textOf(reply->body.toObject(), "id");
    if (id.isEmpty()) {
        fail({.kind = ErrorKind::malformed, .detail = QStringLiteral("the medium has no id"), .until = {}});
    } else if (reply->status == 202) {
        waitForMedium(id, 0);
    } else {
        m_mediaIds.append(id);
        uploadNext();
    }
}

void MastodonDelivery::waitForMedium(const QString &id, int tries)
{
    if (tries >= mostMediaPolls) {
        fail({.kind = ErrorKind::transient, .detail = QStringLiteral("the medium is not ready yet"), .until = {}});
        return;
    }
    QTimer::singleShot(m_mediaPoll, this, [this, id, tries] {
        m_session.client->get("/api/v1/media/" + idInPath(id), this,
                              [this, id, tries](const Result<MastodonReply> &reply) {
                                  if (!reply) {
                                      Error error = reply.error();
                                      // Forgotten meanwhile: nothing is published yet, so that it is sent anew.
                                      if (isMissing(error))
                                          error.kind = ErrorKind::transient;
                                      fail(error);
                                  } else if (reply->status == 206) {
                                      waitForMedium(id, tries + 1);
                                  } else {
                                      m_mediaIds.append(id);
                                      uploadNext();
                                  }
                              });
    });
}

void MastodonDelivery::post()
{
    QJsonObject body{{QStringLiteral("status"), m_outgoing.text},
                     {QStringLiteral("in_reply_to_id"), m_outgoing.targetRemoteId},
                     {QStringLiteral("visibility"), wordOf(m_outgoing.visibility)}};
    if (!m_outgoing.contentWarning.isEmpty()) {
        body.insert(QStringLiteral("spoiler_text"), m_outgoing.contentWarning);
        body.insert(QStringLiteral("sensitive"), true);
    }
    if (!m_outgoing.language.isEmpty())
        body.insert(QStringLiteral("language"), m_outgoing.language);
    if (!m_mediaIds.isEmpty())
        body.insert(QStringLiteral("media_ids"), QJsonArray::fromStringList(m_mediaIds));
    m_session.client->change("POST", "/api/v1/statuses", body, m_outgoing.clientId.toUtf8(), this,
                             [this](const Result<MastodonReply> &reply) { takeReply(reply); });
}

void MastodonDelivery::takeReply(const Result<MastodonReply> &reply)
{
    if (!reply) {
        Error error = reply.error();
        if (error.kind == ErrorKind::notFound || error.kind == ErrorKind::gone)
            error.kind = ErrorKind::parentGone;
        fail(error);
        return;
    }
    Delivered delivered = deliveredFrom(reply->body.toObject());
    delivered.scaled = m_scaled;
    if (delivered.uri.isEmpty())
        fail({.kind = ErrorKind::unsure, .detail = QStringLiteral("the answer is not a post"), .until = {}});
    else
        end(delivered);
}

void MastodonDelivery::react()
{
    // Asked first: some servers refuse the second like and make a second boost.
    const QByteArray path = "/api/v1/statuses/" + idInPath(m_outgoing.targetRemoteId);
    m_session.client->get(path, this, [this, path](const Result<MastodonReply> &status) {
        if (!status) {
            Error error = status.error();
            if (error.kind == ErrorKind::notFound || error.kind == ErrorKind::gone)
                error.kind = ErrorKind::parentGone;
            fail(error);
            return;
        }
        if (isDone(m_outgoing.effect, status->body.toObject())) {
            end(Delivered{});
            return;
        }
        const QByteArray verb = verbOf(m_outgoing.effect).toLatin1();
        m_session.client->change("POST", path + '/' + verb, {}, {}, this, [this](const Result<MastodonReply> &reply) {
            if (reply)
                end(Delivered{});
            else
                fail(reply.error());
        });
    });
}

void MastodonDelivery::deletePost()
{
    const QByteArray path = "/api/v1/statuses/" + idInPath(m_outgoing.targetRemoteId);
    m_session.client->change("DELETE", path, {}, {}, this, [this](const Result<MastodonReply> &reply) {
        const bool isGone =
            !reply && (reply.error().kind == ErrorKind::notFound || reply.error().kind == ErrorKind::gone);
        if (reply || isGone)
            end(Delivered{});
        else
            fail(reply.error());
    });
}

MastodonSearch::MastodonSearch(MastodonSession &session, Outgoing outgoing, Attempt attempt, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_outgoing(std::move(outgoing))
    , m_search(std::move(attempt), mostSearchPages)
{
    whenPrepared(m_session, [this] { begin(); });
}

void MastodonSearch::begin()
{
    if (m_outgoing.effect == Effect::reply)
        lookAtOwnPosts("/api/v1/accounts/" + idInPath(m_session.view.accountId) +
                       "/statuses?limit=40&exclude_reblogs=true");
    else
        lookAtTarget();
}

void MastodonSearch::lookAtTarget()
{
    const QByteArray path = "/api/v1/statuses/" + idInPath(m_outgoing.targetRemoteId);
    m_session.client->get(path, this, [this](const Result<MastodonReply> &reply) {
        const bool isGone =
            !reply && (reply.error().kind == ErrorKind::notFound || reply.error().kind == ErrorKind::gone);
        const bool isDeletion = m_outgoing.effect == Effect::deleteOwn;
        if (!reply && !isGone)
            end(tl::unexpected(reply.error()));
        else if (isGone ? isDeletion : isDone(m_outgoing.effect, reply->body.toObject()))
            end(std::optional(Delivered{}));
        else
            end(std::optional<Delivered>());
    });
}

bool MastodonSearch::isMatch(const QJsonObject &status) const
{
    if (textOf(status, "in_reply_to_id") != m_outgoing.targetRemoteId)
        return false;
    if (!m_search.isPossible(uriOf(status), timeOf(status, "created_at")))
        return false;
    if (textOf(valueOf(status, "account").toObject(), "id") != m_session.view.accountId)
        return false;
    const QString wanted = comparable(m_outgoing.text);
    return comparable(plainText(textOf(status, "content"))) == wanted || comparable(textOf(status, "text")) == wanted;
}

std::optional<Delivered> MastodonSearch::matchIn(const QJsonArray &statuses)
{
    m_search.setClock(m_session.client->now(), m_session.client->clockOffset());
    for (const QJsonValue &entry : statuses) {
        if (isMatch(entry.toObject()))
            return deliveredFrom(entry.toObject());
    }
    return std::nullopt;
}

void MastodonSearch::lookAtOwnPosts(const QByteArray &path)
{
    m_session.client->get(path, this, [this](const Result<MastodonReply> &reply) {
        if (!reply) {
            end(tl::unexpected(reply.error()));
            return;
        }
        const QJsonArray statuses = reply->body.toArray();
        if (const auto match = matchIn(statuses)) {
            end(match);
            return;
        }
        const Time oldest = timeOf(statuses.last().toObject(), "created_at");
        if (m_search.after(oldest, !reply->next.isEmpty()) == OwnSearch::Next::page)
            lookAtOwnPosts(reply->next);
        else
            lookAtContext();
    });
}

void MastodonSearch::lookAtContext()
{
    // Private answers are missing from the list of posts on some servers.
    const QByteArray path = "/api/v1/statuses/" + idInPath(m_outgoing.targetRemoteId) + "/context";
    m_session.client->get(path, this, [this](const Result<MastodonReply> &reply) {
        if (reply)
            end(matchIn(valueOf(reply->body.toObject(), "descendants").toArray()));
        else if (isMissing(reply.error()))
            end(std::optional<Delivered>());
        else
            end(tl::unexpected(reply.error()));
    });
}

} // namespace Earshot
