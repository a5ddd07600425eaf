// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/registry.h"

namespace Earshot {

struct FeedCache;

/// Listens to one RSS, Atom or JSON feed and, where it names them, to its entries' comment feeds. Read-only. An item
/// without an author's id is its own identity; an entry is the root of a thread, its comments hang under it. Nothing
/// ever disappears from a feed: it only scrolls out, so deletions are not told. Lives on the network thread.
class FeedConnector final : public Connector
{
    Q_OBJECT

public:
    explicit FeedConnector(ChannelAccess access, NetworkSetting setting, QObject *parent = nullptr);
    ~FeedConnector() override;

    /// Fetches the feed once; the account's name is the feed's title. Errors: malformed with what was found instead.
    [[nodiscard]] QFuture<Result<Account>> check() override;
    /// Asks with ETag and Last-Modified as they were given, every 10th time without. One request at most per page.
    [[nodiscard]] QFuture<Result<Page>> pull(Position position) override;
    /// What the feed holds of the thread now; empty when the message has scrolled out of it.
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> thread(KnownMessage message) override;
    [[nodiscard]] QFuture<Result<Page>> refresh(QList<KnownMessage> messages) override;
    /// The three that follow always fail with unsupported.
    [[nodiscard]] Result<Outgoing> prepare(Outgoing wish, const RemoteMessage &target) const override;
    [[nodiscard]] QFuture<Result<Delivered>> deliver(Outgoing outgoing) override;
    [[nodiscard]] QFuture<Result<std::optional<Delivered>>> findDelivered(Outgoing outgoing, Attempt attempt) override;

private:
    template <class T, class Make>
    [[nodiscard]] QFuture<Result<T>> askFeed(Make make);

    ChannelAccess m_access;
    NetworkSetting m_setting;
    std::shared_ptr<FeedCache> m_cache;
};

} // namespace Earshot
