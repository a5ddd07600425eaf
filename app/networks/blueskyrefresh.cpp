// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyrefresh.h"

#include "networks/blueskychat.h"
#include "networks/blueskygate.h"

namespace Earshot {

namespace {

constexpr int wholeDepth = 100;

} // namespace

BlueskyCheck::BlueskyCheck(BlueskySession &session, QObject *parent)
    : Errand(parent)
    , m_session(session)
{
    session.learn(this, [this](const Done &done) {
        if (!done)
            end(tl::unexpected(done.error()));
        else if (m_session.isInbox())
            askTalks();
        else
            tell();
    });
}

void BlueskyCheck::askTalks()
{
    m_session.client->get("chat.bsky.convo.listConvos", {{"limit", QStringLiteral("1")}}, this,
                          [this](const Result<QJsonObject> &reply) {
                              // Whatever speaks against it, posts are read and answered all the same.
                              m_session.areTalksRefused = !reply && isChatRefused(reply.error());
                              m_session.capabilities.canReplyPrivately = reply.has_value();
                              tell();
                          });
}

void BlueskyCheck::tell()
{
    Account account;
    account.id = m_session.view.isSignedIn ? m_session.view.did : QString();
    account.handle = m_session.view.handle.isEmpty() ? m_session.address.toString()
                                                     : QString(QLatin1Char('@') + m_session.view.handle);
    account.name = m_session.accountName.isEmpty() ? account.handle : m_session.accountName;
    account.baseUrl = m_session.client->server();
    account.capabilities = m_session.capabilities;
    end(account);
}

BlueskyAround::BlueskyAround(BlueskySession &session, const KnownMessage &message, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_uri(message.uri)
{
    whenPrepared(m_session, [this] { begin(); });
}

void BlueskyAround::begin()
{
    if (const ChatUri chat = ChatUri::from(m_uri); chat.isValid()) {
        auto *talk = new BlueskyTalk(m_session, chat.talk, this);
        whenDone(talk->future(), this, [this](const Result<QList<RemoteMessage>> &messages) { end(messages); });
        return;
    }
    askThread(*m_session.client, m_uri, wholeDepth, this, [this](const Result<QJsonObject> &reply) { take(reply); });
}

void BlueskyAround::take(const Result<QJsonObject> &reply)
{
    if (!reply) {
        Error error = reply.error();
        if (isAbsent(error))
            error.kind = ErrorKind::parentGone;
        end(tl::unexpected(error));
        return;
    }
    const QJsonObject top = objectOf(*reply, "thread");
    if (valueOf(top, "notFound").toBool()) {
        end(fail(ErrorKind::parentGone, m_uri));
        return;
    }
    if (valueOf(top, "blocked").toBool()) {
        end(fail(ErrorKind::permission, QStringLiteral("its author has blocked us")));
        return;
    }
    QList<RemoteMessage> messages;
    const BlueskyThread thread = threadFrom(*reply);
    for (const QJsonObject &post : thread.posts) {
        RemoteMessage message = messageFrom(post, m_session.view);
        if (!message.uri.isEmpty())
            messages.append(std::move(message));
    }
    auto *moderation = new BlueskyModeration(m_session, std::move(messages), this);
    whenDone(moderation->future(), this, [this](const Result<QList<RemoteMessage>> &told) { end(told); });
}

BlueskyRefresh::BlueskyRefresh(BlueskySession &session, QList<KnownMessage> messages, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_messages(std::move(messages))
{
    whenPrepared(m_session, [this] { begin(); });
}

void BlueskyRefresh::begin()
{
    QStringList uris;
    for (const KnownMessage &message : std::as_const(m_messages)) {
        if (parseAtUri(message.uri).isValid())
            uris.append(message.uri);
    }
    auto *posts = new BlueskyPosts(m_session, uris, this);
    whenDone(posts->future(), this, [this, uris](const Result<QHash<QString, QJsonObject>> &found) {
        if (!found) {
            end(tl::unexpected(found.error()));
            return;
        }
        for (const QString &uri : uris) {
            const auto post = found->constFind(uri);
            if (post == found->cend())
                m_absent.append(uri);
            else
                m_page.messages.append(messageFrom(*post, m_session.view));
        }
        askAbsent();
    });
}

void BlueskyRefresh::askAbsent()
{
    if (m_absent.isEmpty()) {
        askGates();
        return;
    }
    const QString uri = m_absent.takeFirst();
    m_session.client->get("app.bsky.feed.getPostThread",
                          {{"uri", uri}, {"depth", QStringLiteral("0")}, {"parentHeight", QStringLiteral("0")}}, this,
                          [this, uri](const Result<QJsonObject> &reply) {
                              const bool isGone = reply ? valueOf(objectOf(*reply, "thread"), "notFound").toBool()
                                                        : isAbsent(reply.error());
                              const bool isTooLarge = !reply && reply.error().kind == ErrorKind::tooLarge;
                              if (!reply && !isGone && !isTooLarge) {
                                  end(tl::unexpected(reply.error()));
                                  return;
                              }
                              if (isGone)
                                  m_page.changes.append({.uri = uri, .presence = Presence::deleted, .moderation = {}});
                              askAbsent();
                          });
}

void BlueskyRefresh::askGates()
{
    auto *moderation = new BlueskyModeration(m_session, std::move(m_page.messages), this);
    whenDone(moderation->future(), this, [this](const Result<QList<RemoteMessage>> &told) {
        if (told)
            m_page.messages = *told;
        end(m_page);
    });
}

} // namespace Earshot
