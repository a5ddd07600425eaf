// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonsession.h"

#include "model/htmltext.h"

namespace Earshot {

using Kind = MastodonAddress::Kind;

MastodonSession::MastodonSession(ChannelAccess channel, NetworkSetting setting, QObject *parent)
    : QObject(parent)
    , access(std::move(channel))
{
    const auto parsed = parseMastodonAddress(access.address);
    isAddressValid = parsed && parsed->kind != Kind::server && parsed->kind != Kind::post;
    address = parsed.value_or(MastodonAddress());
    client =
        new MastodonClient(access.baseUrl.isEmpty() ? address.baseUrl() : access.baseUrl, access.secret, setting, this);
    takeServer(serverFrom({}));
    view.kind = address.kind;
    view.isSignedIn = client->isSignedIn();
    view.accountId = access.accountId;
    view.accountHandle = access.accountHandle;
    if (address.kind == Kind::account && view.accountHandle.isEmpty())
        view.accountHandle = address.toString();
    if (address.kind == Kind::tag || address.kind == Kind::search)
        view.words = address.name;
}

void MastodonSession::takeServer(const MastodonServer &learnt)
{
    server = learnt;
    view.domain = server.domain.isEmpty() ? address.host : server.domain;
    Capabilities &can = server.capabilities;
    can.canReply = client->isSignedIn();
    can.canReplyPrivately = client->isSignedIn();
    can.canLike = client->isSignedIn();
    can.canBoost = client->isSignedIn();
    can.canDeleteOwn = client->isSignedIn();
}

void MastodonSession::prepare(QObject *context, std::function<void(Done)> then)
{
    if (m_isReady)
        then({});
    else
        learn(context, std::move(then));
}

void MastodonSession::learn(QObject *context, std::function<void(Done)> then)
{
    if (!isAddressValid) {
        then(fail(ErrorKind::invalid, QStringLiteral("not a Mastodon address: %1").arg(access.address)));
        return;
    }
    askServer(*client, context, [this, context, then = std::move(then)](const Result<MastodonServer> &learnt) {
        if (!learnt) {
            then(tl::unexpected(learnt.error()));
            return;
        }
        takeServer(*learnt);
        learnAccount(context, then);
    });
}

void MastodonSession::learnAccount(QObject *context, std::function<void(Done)> then)
{
    if (!client->isSignedIn() && address.kind != Kind::account) {
        m_isReady = true;
        then({});
        return;
    }
    const QByteArray path = client->isSignedIn()
                                ? QByteArray("/api/v1/accounts/verify_credentials")
                                : "/api/v1/accounts/lookup?acct=" + QUrl::toPercentEncoding(address.name);
    client->get(path, context, [this, then = std::move(then)](const Result<MastodonReply> &reply) {
        if (!reply) {
            Error error = reply.error();
            if (error.kind == ErrorKind::notFound)
                error = Error{.kind = ErrorKind::gone,
                              .detail = QStringLiteral("no such account: %1").arg(access.address),
                              .until = {}};
            then(tl::unexpected(error));
            return;
        }
        const QJsonObject account = reply->body.toObject();
        const QString id = textOf(account, "id");
        if (id.isEmpty()) {
            then(fail(ErrorKind::malformed, QStringLiteral("the account has no id")));
            return;
        }
        view.accountId = id;
        view.accountHandle = handleOf(account, view);
        accountName = cleanLine(textOf(account, "display_name"));
        m_isReady = true;
        then({});
    });
}

MastodonContexts::MastodonContexts(MastodonSession &session, QList<QJsonObject> posts, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_posts(std::move(posts))
{
    step();
}

void MastodonContexts::step()
{
    while (!m_posts.isEmpty() && m_covered.contains(textOf(m_posts.first(), "id")))
        m_posts.removeFirst();
    if (m_posts.isEmpty()) {
        end(m_found);
        return;
    }
    const QJsonObject post = m_posts.takeFirst();
    m_session.client->get("/api/v1/statuses/" + idInPath(textOf(post, "id")) + "/context", this,
                          [this, post](const Result<MastodonReply> &reply) { take(post, reply); });
}

void MastodonContexts::take(const QJsonObject &post, const Result<MastodonReply> &reply)
{
    if (reply) {
        const QJsonObject context = reply->body.toObject();
        const QJsonArray ancestors = valueOf(context, "ancestors").toArray();
        for (const QJsonValue &ancestor : ancestors)
            m_covered.append(textOf(ancestor.toObject(), "id"));
        m_found.append({post, context, reply->refreshIn.has_value()});
    } else if (!isMissing(reply.error()) && reply.error().kind != ErrorKind::permission &&
               reply.error().kind != ErrorKind::tooLarge) {
        end(tl::unexpected(reply.error()));
        return;
    }
    step();
}

} // namespace Earshot
