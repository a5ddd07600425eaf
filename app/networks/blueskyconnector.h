// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"
#include "networks/registry.h"

namespace Earshot {

class BlueskySession;

/// Speaks Bluesky, an application of the AT Protocol (https://docs.bsky.app, https://atproto.com).
///
/// What it listens to follows from the address (BlueskyAddress): an account with an app password is that account's
/// mentions, replies and quotes; without one that account's public posts and the answers to them; a hashtag's or a
/// search's page what the network finds for it. An answer is written under a key that follows from the delivery, with
/// the demand that nothing is there yet: however often it is sent, there is one.
/// Direct messages (chat.bsky) come along where the account may use them; these have no such key.
class BlueskyConnector final : public Connector
{
    Q_OBJECT

public:
    BlueskyConnector(ChannelAccess access, NetworkSetting setting, QObject *parent = nullptr);
    ~BlueskyConnector() override;

    [[nodiscard]] QFuture<Result<Account>> check() override;
    [[nodiscard]] QFuture<Result<Page>> pull(Position position) override;
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> latest(qsizetype most) override;
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> thread(KnownMessage message) override;
    [[nodiscard]] QFuture<Result<Page>> refresh(QList<KnownMessage> messages) override;
    [[nodiscard]] Result<Outgoing> prepare(Outgoing wish, const RemoteMessage &target) const override;
    [[nodiscard]] QFuture<Result<Delivered>> deliver(Outgoing outgoing) override;
    [[nodiscard]] QFuture<Result<std::optional<Delivered>>> findDelivered(Outgoing outgoing, Attempt attempt) override;
    [[nodiscard]] bool isKeyed(const Outgoing &outgoing) const override;

private:
    BlueskySession *m_session = nullptr;
};

} // namespace Earshot
