// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonrefresh.h"

#include <QTimer>

#include <algorithm>

namespace Earshot {

namespace {

/// https://docs.joinmastodon.org/methods/statuses/#index
constexpr qsizetype mostAtOnce = 20;
/// How often, and after how long at most, a thread that is still being fetched is asked for again.
constexpr int mostAskings = 2;
constexpr Duration longestPause = std::chrono::seconds(3);

} // namespace

MastodonCheck::MastodonCheck(MastodonSession &session, QObject *parent)
    : Errand(parent)
{
    session.learn(this, [this, &session](const Done &done) {
        if (!done) {
            end(tl::unexpected(done.error()));
            return;
        }
        const bool hasAccount = session.address.kind == MastodonAddress::Kind::account || session.client->isSignedIn();
        Account account;
        account.id = session.client->isSignedIn() ? session.view.accountId : QString();
        account.handle = hasAccount ? session.view.accountHandle : session.address.toString();
        account.name = session.accountName.isEmpty() ? account.handle : session.accountName;
        account.baseUrl = session.client->baseUrl();
        account.capabilities = session.server.capabilities;
        end(account);
    });
}

MastodonThread::MastodonThread(MastodonSession &session, const KnownMessage &message, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_path("/api/v1/statuses/" + idInPath(message.remoteId))
{
    if (message.remoteId.isEmpty()) {
        end(fail(ErrorKind::invalid, QStringLiteral("the message has no remote id")));
        return;
    }
    whenPrepared(m_session, [this] { begin(); });
}

void MastodonThread::begin()
{
    m_session.client->get(m_path, this, [this](const Result<MastodonReply> &reply) {
        if (reply)
            askContext(reply->body.toObject());
        else if (isMissing(reply.error()))
            end(fail(ErrorKind::parentGone, reply.error().detail));
        else
            end(tl::unexpected(reply.error()));
    });
}

void MastodonThread::askContext(const QJsonObject &status)
{
    m_session.client->get(m_path + "/context", this, [this, status](const Result<MastodonReply> &reply) {
        if (reply && reply->refreshIn && m_askedAgain < mostAskings) {
            // Answers from other servers are on their way: somebody there may have answered already.
            ++m_askedAgain;
            QTimer::singleShot(std::min<Duration>(*reply->refreshIn, longestPause), this,
                               [this, status] { askContext(status); });
        } else if (reply)
            end(threadFrom(reply->body.toObject(), status, m_session.view));
        else if (isMissing(reply.error()))
            end(fail(ErrorKind::parentGone, reply.error().detail));
        else if (reply.error().kind == ErrorKind::tooLarge)
            // Thousands answered that post. It can be answered all the same.
            end(threadFrom({}, status, m_session.view));
        else
            end(tl::unexpected(reply.error()));
    });
}

MastodonRefresh::MastodonRefresh(MastodonSession &session, QList<KnownMessage> messages, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_messages(std::move(messages))
{
    m_messages.removeIf([](const KnownMessage &message) { return message.remoteId.isEmpty(); });
    whenPrepared(m_session, [this] { step(); });
}

void MastodonRefresh::step()
{
    if (!m_single.isEmpty()) {
        askOne();
    } else if (m_messages.isEmpty()) {
        end(m_page);
    } else if (m_messages.size() > 1 && m_session.canAskMany.value_or(true)) {
        askMany();
    } else {
        m_single = m_messages;
        m_messages.clear();
        askOne();
    }
}

void MastodonRefresh::askMany()
{
    const QList<KnownMessage> asked = m_messages.first(std::min(mostAtOnce, m_messages.size()));
    QByteArray path = "/api/v1/statuses?";
    for (const KnownMessage &message : asked)
        path += "id%5B%5D=" + idInPath(message.remoteId) + '&';
    path.chop(1);
    m_session.client->get(path, this, [this, asked](const Result<MastodonReply> &reply) { takeMany(asked, reply); });
}

void MastodonRefresh::takeMany(const QList<KnownMessage> &asked, const Result<MastodonReply> &reply)
{
    if (!reply && reply.error().kind == ErrorKind::tooLarge) {
        m_messages.remove(0, asked.size());
        m_single = asked;
        step();
        return;
    }
    if (!reply && !isMissing(reply.error()) && reply.error().kind != ErrorKind::policy) {
        end(tl::unexpected(reply.error()));
        return;
    }
    m_session.canAskMany = reply && reply->body.isArray();
    if (*m_session.canAskMany) {
        m_messages.remove(0, asked.size());
        const QJsonArray statuses = reply->body.toArray();
        // Absent ones are asked for by themselves: only a 404 says for sure that one is gone.
        m_single = asked;
        for (const QJsonValue &entry : statuses) {
            const QJsonObject status = entry.toObject();
            const auto isThis = [&](const KnownMessage &message) { return message.remoteId == textOf(status, "id"); };
            const auto known = std::find_if(asked.cbegin(), asked.cend(), isThis);
            if (known == asked.cend())
                continue;
            m_single.removeIf(isThis);
            add(status, *known);
        }
    }
    step();
}

void MastodonRefresh::askOne()
{
    const KnownMessage message = m_single.takeFirst();
    m_session.client->get(
        "/api/v1/statuses/" + idInPath(message.remoteId), this, [this, message](const Result<MastodonReply> &reply) {
            if (reply) {
                add(reply->body.toObject(), message);
            } else if (reply.error().kind == ErrorKind::notFound) {
                m_page.changes.append({.uri = message.uri, .presence = Presence::deleted, .moderation = {}});
            } else if (reply.error().kind == ErrorKind::gone) {
                m_page.changes.append({.uri = message.uri, .presence = Presence::gone, .moderation = {}});
            } else if (reply.error().kind != ErrorKind::tooLarge) {
                end(tl::unexpected(reply.error()));
                return;
            }
            step();
        });
}

void MastodonRefresh::add(const QJsonObject &status, const KnownMessage &known)
{
    RemoteMessage message = messageFrom(status, m_session.view);
    // Another post under a used id is none of ours.
    if (message.uri != known.uri)
        return;
    m_session.threads.place(message, status);
    m_page.messages.append(message);
}

} // namespace Earshot
