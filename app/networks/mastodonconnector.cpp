// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonconnector.h"

#include "networks/mastodonlatest.h"
#include "networks/mastodonpuller.h"
#include "networks/mastodonrefresh.h"
#include "networks/mastodonsender.h"
#include "networks/mastodonstream.h"

namespace Earshot {

MastodonConnector::MastodonConnector(ChannelAccess access, NetworkSetting setting, QObject *parent)
    : Connector(parent)
    , m_session(new MastodonSession(std::move(access), setting, this))
{
    connect(m_session->client, &MastodonClient::limitTold, this, &Connector::limitTold);
}

MastodonConnector::~MastodonConnector() = default;

QFuture<Result<Account>> MastodonConnector::check()
{
    auto *errand = new MastodonCheck(*m_session, this);
    return errand->future();
}

QFuture<Result<Page>> MastodonConnector::pull(Position position)
{
    m_session->threads.begin(position);
    auto *errand = new MastodonPull(*m_session, position, this);
    return errand->future();
}

QFuture<Result<QList<RemoteMessage>>> MastodonConnector::latest(qsizetype most)
{
    auto *errand = new MastodonLatest(*m_session, most, this);
    return errand->future();
}

QFuture<Result<QList<RemoteMessage>>> MastodonConnector::thread(KnownMessage message)
{
    auto *errand = new MastodonThread(*m_session, message, this);
    return errand->future();
}

QFuture<Result<Page>> MastodonConnector::refresh(QList<KnownMessage> messages)
{
    auto *errand = new MastodonRefresh(*m_session, std::move(messages), this);
    return errand->future();
}

Result<Outgoing> MastodonConnector::prepare(Outgoing wish, const RemoteMessage &target) const
{
    return prepareReply(std::move(wish), target, *m_session);
}

QFuture<Result<Delivered>> MastodonConnector::deliver(Outgoing outgoing)
{
    auto *errand = new MastodonDelivery(*m_session, std::move(outgoing), m_mediaPoll, this);
    return errand->future();
}

QFuture<Result<std::optional<Delivered>>> MastodonConnector::findDelivered(Outgoing outgoing, Attempt attempt)
{
    auto *errand = new MastodonSearch(*m_session, std::move(outgoing), std::move(attempt), this);
    return errand->future();
}

void MastodonConnector::listen()
{
    if (m_stream || !m_session->isInbox())
        return;
    m_session->prepare(this, [this](const Done &done) {
        // Without an answer now the next pull is as good a moment to listen as any: the courier calls again.
        if (done && !m_stream)
            openStream();
    });
}

void MastodonConnector::openStream()
{
    const QUrl address = MastodonStream::addressFor(m_session->client->baseUrl(), m_session->server.streaming);
    m_stream = new MastodonStream(address, m_session->client->token(), this);
    m_stream->setFirstPause(m_streamPause);
    connect(m_stream, &MastodonStream::heard, this, &Connector::heardSomething);
    m_stream->open();
}

void MastodonConnector::setPauses(Duration mediaPoll, Duration streamPause)
{
    m_mediaPoll = mediaPoll;
    m_streamPause = streamPause;
}

} // namespace Earshot
