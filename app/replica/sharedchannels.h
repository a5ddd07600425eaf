// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "replica/serverconnection.h"

#include <optional>

namespace Earshot {

/// The networks of a shared workspace, as its server speaks to them. Without the server everything ends as `transient`;
/// what only a machine with the workspace's file can do, as `unsupported`. Lives on the desk's thread.
class SharedChannels final : public ChannelService
{
    Q_OBJECT

public:
    explicit SharedChannels(ServerConnection &connection, QObject *parent = nullptr);

    void setAccount(const QString &account) { m_account = account; }

    [[nodiscard]] QFuture<Result<QList<Finding>>> discover(const QString &address) override;
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> preview(const Finding &finding) override;
    [[nodiscard]] QFuture<Result<ChannelId>> addChannel(NewChannel channel) override;
    [[nodiscard]] QFuture<Result<Secret>> signIn(const Finding &finding) override;
    void cancelSignIn() override {}
    [[nodiscard]] QFuture<Done> renewSecret(ChannelId channel, Secret secret) override;
    [[nodiscard]] QFuture<Result<Capabilities>> testChannel(ChannelId channel) override;
    [[nodiscard]] QFuture<Done> removeChannel(ChannelId channel) override;
    [[nodiscard]] QFuture<QList<ChannelReport>> pull(ChannelId channel) override;
    [[nodiscard]] QFuture<QList<ChannelReport>> deliver(bool skipUndoWindow) override;

private:
    template <class T>
    [[nodiscard]] QFuture<T> ask(const char *method, const QJsonObject &arguments,
                                 std::function<T(const Result<QJsonObject> &)> read);
    [[nodiscard]] QFuture<QList<ChannelReport>> askReports(const char *method, const QJsonObject &arguments);

    ServerConnection &m_connection;
    QString m_account; ///< empty = the server has not been reached yet
};

} // namespace Earshot
