// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/wordpressreader.h"
#include "networks/wordpresssite.h"
#include "networks/wordpressthread.h"
#include "networks/wordpresswriter.h"

namespace Earshot {

/// The comments of one WordPress site, through its REST interface. With an application password (access.user and
/// access.secret) of somebody who may moderate: all comments, replies and moderation. Without: the approved comments,
/// to read. access.address is the site's address. https://developer.wordpress.org/rest-api/
class WordPressConnector final : public Connector
{
    Q_OBJECT

public:
    WordPressConnector(ChannelAccess access, NetworkSetting setting, QObject *parent = nullptr);

    [[nodiscard]] QFuture<Result<Account>> check() override;
    [[nodiscard]] QFuture<Result<Page>> pull(Position position) override;
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> thread(KnownMessage message) override;
    [[nodiscard]] QFuture<Result<Page>> refresh(QList<KnownMessage> messages) override;
    [[nodiscard]] Result<Outgoing> prepare(Outgoing wish, const RemoteMessage &target) const override;
    [[nodiscard]] QFuture<Result<Delivered>> deliver(Outgoing outgoing) override;
    [[nodiscard]] QFuture<Result<std::optional<Delivered>>> findDelivered(Outgoing outgoing, Attempt attempt) override;

private:
    using PendingAccount = std::shared_ptr<Pending<Account>>;
    void checkUser(Account account, const PendingAccount &pending);
    void checkPublic(Account account, const PendingAccount &pending);

    WordPressSite *m_site; ///< a child: what waits for it is dropped, and so cancelled, when the connector dies
    WordPressReader m_reader;
    WordPressThread m_thread;
    WordPressWriter m_writer;
};

} // namespace Earshot
