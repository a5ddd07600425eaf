// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyconnector.h"

#include "networks/blueskychatsender.h"
#include "networks/blueskygate.h"
#include "networks/blueskylatest.h"
#include "networks/blueskypuller.h"
#include "networks/blueskyrefresh.h"
#include "networks/blueskysearch.h"
#include "networks/blueskysender.h"

namespace Earshot {

BlueskyConnector::BlueskyConnector(ChannelAccess access, NetworkSetting setting, QObject *parent)
    : Connector(parent)
    , m_session(new BlueskySession(std::move(access), setting, this))
{
    connect(m_session->client, &BlueskyClient::limitTold, this, &Connector::limitTold);
}

BlueskyConnector::~BlueskyConnector() = default;

QFuture<Result<Account>> BlueskyConnector::check()
{
    auto *errand = new BlueskyCheck(*m_session, this);
    return errand->future();
}

QFuture<Result<Page>> BlueskyConnector::pull(Position position)
{
    m_session->seen.begin(position);
    auto *errand = new BlueskyPull(*m_session, position, this);
    return errand->future();
}

QFuture<Result<QList<RemoteMessage>>> BlueskyConnector::latest(qsizetype most)
{
    auto *errand = new BlueskyLatest(*m_session, most, this);
    return errand->future();
}

QFuture<Result<QList<RemoteMessage>>> BlueskyConnector::thread(KnownMessage message)
{
    auto *errand = new BlueskyAround(*m_session, message, this);
    return errand->future();
}

QFuture<Result<Page>> BlueskyConnector::refresh(QList<KnownMessage> messages)
{
    auto *errand = new BlueskyRefresh(*m_session, std::move(messages), this);
    return errand->future();
}

Result<Outgoing> BlueskyConnector::prepare(Outgoing wish, const RemoteMessage &target) const
{
    if (ChatUri::from(target.uri).isValid() || isPrivate(wish))
        return prepareChatMessage(std::move(wish), target, *m_session);
    if (isGateEffect(wish.effect))
        return prepareHiding(std::move(wish), target, *m_session);
    return prepareReply(std::move(wish), target, *m_session);
}

QFuture<Result<Delivered>> BlueskyConnector::deliver(Outgoing outgoing)
{
    if (isPrivate(outgoing))
        return (new BlueskyChatDelivery(*m_session, std::move(outgoing), this))->future();
    if (isGateEffect(outgoing.effect))
        return (new BlueskyHiding(*m_session, std::move(outgoing), this))->future();
    auto *errand = new BlueskyDelivery(*m_session, std::move(outgoing), this);
    return errand->future();
}

QFuture<Result<std::optional<Delivered>>> BlueskyConnector::findDelivered(Outgoing outgoing, Attempt attempt)
{
    if (isPrivate(outgoing))
        return (new BlueskyChatSearch(*m_session, std::move(outgoing), std::move(attempt), this))->future();
    if (isGateEffect(outgoing.effect))
        return (new BlueskyHidingSearch(*m_session, std::move(outgoing), this))->future();
    auto *errand = new BlueskySearch(*m_session, std::move(outgoing), std::move(attempt), this);
    return errand->future();
}

bool BlueskyConnector::isKeyed(const Outgoing &outgoing) const
{
    return !isPrivate(outgoing);
}

} // namespace Earshot
