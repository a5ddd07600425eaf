// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"
#include "networks/registry.h"

namespace Earshot {

class MastodonSession;
class MastodonStream;

/// Speaks the Mastodon client API with any server that has it (Mastodon, GoToSocial, Hollo, snac, ...).
///
/// What it listens to follows from the address: "@name@host" with a token is the account's inbox of mentions; without
/// one that account's public posts and the answers to them; "#tag@host" is a hashtag's timeline; "search:WORDS@host"
/// the server's public timeline, of which the posts with all the words are kept. Mastodon-like servers differ much in
/// what they promise, so ids are opaque, pages are followed as given, and nothing relies on an Idempotency-Key.
class MastodonConnector final : public Connector
{
    Q_OBJECT

public:
    MastodonConnector(ChannelAccess access, NetworkSetting setting, QObject *parent = nullptr);
    ~MastodonConnector() override;

    [[nodiscard]] QFuture<Result<Account>> check() override;
    [[nodiscard]] QFuture<Result<Page>> pull(Position position) override;
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> latest(qsizetype most) override;
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> thread(KnownMessage message) override;
    [[nodiscard]] QFuture<Result<Page>> refresh(QList<KnownMessage> messages) override;
    [[nodiscard]] Result<Outgoing> prepare(Outgoing wish, const RemoteMessage &target) const override;
    [[nodiscard]] QFuture<Result<Delivered>> deliver(Outgoing outgoing) override;
    [[nodiscard]] QFuture<Result<std::optional<Delivered>>> findDelivered(Outgoing outgoing, Attempt attempt) override;
    void listen() override;

    /// For tests: how long to wait before asking for a medium again (a second), and the stream's first pause (two).
    void setPauses(Duration mediaPoll, Duration streamPause);

private:
    void openStream();

    MastodonSession *m_session = nullptr;
    MastodonStream *m_stream = nullptr;
    Duration m_mediaPoll = std::chrono::seconds(1);
    Duration m_streamPause = std::chrono::seconds(2);
};

} // namespace Earshot
