// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyrefresh.h"

namespace Earshot {

namespace {

constexpr int wholeDepth = 100;

} // namespace

BlueskyCheck::BlueskyCheck(BlueskySession &session, QObject *parent)
    : Errand(parent)
{
    session.learn(this, [this, &session](const Done &done) {
        if (!done) {
            end(tl::unexpected(done.error()));
            return;
        }
        Account account;
        account.id = session.view.isSignedIn ? session.view.did : QString();
        account.handle = session.view.handle.isEmpty() ? session.address.toString()
                                                       : QString(QLatin1Char('@') + session.view.handle);
        account.name = session.accountName.isEmpty() ? account.handle : session.accountName;
        account.baseUrl = session.client->server();
        account.capabilities = session.capabilities;
        end(account);
    });
}

BlueskyAround::BlueskyAround(BlueskySession &session, const KnownMessage &message, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_uri(message.uri)
{
    m_session.prepare(this, [this](const Done &done) {
        if (done)
            begin();
        else
            end(tl::unexpected(done.error()));
    });
}

void BlueskyAround::begin()
{
    m_session.client->get(
        "app.bsky.feed.getPostThread",
        {{"uri", m_uri}, {"depth", QString::number(wholeDepth)}, {"parentHeight", QString::number(wholeDepth)}}, this,
        [this](const Result<QJsonObject> &reply) {
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
            end(messages);
        });
}

BlueskyRefresh::BlueskyRefresh(BlueskySession &session, QList<KnownMessage> messages, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_messages(std::move(messages))
{
    m_session.prepare(this, [this](const Done &done) {
        if (done)
            begin();
        else
            end(tl::unexpected(done.error()));
    });
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
        end(m_page);
        return;
    }
    const QString uri = m_absent.takeFirst();
    m_session.client->get("app.bsky.feed.getPostThread",
                          {{"uri", uri}, {"depth", QStringLiteral("0")}, {"parentHeight", QStringLiteral("0")}}, this,
                          [this, uri](const Result<QJsonObject> &reply) {
                              const bool isGone = reply ? valueOf(objectOf(*reply, "thread"), "notFound").toBool()
                                                        : isAbsent(reply.error());
                              if (!reply && !isGone) {
                                  end(tl::unexpected(reply.error()));
                                  return;
                              }
                              if (isGone)
                                  m_page.changes.append({.uri = uri, .presence = Presence::deleted, .moderation = {}});
                              askAbsent();
                          });
}

} // namespace Earshot
