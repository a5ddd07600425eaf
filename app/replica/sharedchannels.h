// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "replica/serverconnection.h"
#include "replica/signingin.h"

#include <optional>

namespace Earshot {

/// The networks of a shared workspace, as its server speaks to them. Without the server everything but a sign-in ends
/// as `transient`; what only a machine with the workspace's file can do, as `unsupported`. Lives on the desk's thread.
class SharedChannels final : public ChannelService
{
    Q_OBJECT

public:
    /// @param makeTransport see SigningIn
    SharedChannels(ServerConnection &connection, const Clock &clock, SigningIn::MakeTransport makeTransport = {},
                   QObject *parent = nullptr);

    void setAccount(const QString &account) { m_account = account; }

    [[nodiscard]] QFuture<Result<QList<Finding>>> discover(const QString &address) override;
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> preview(const NewChannel &wish) override;
    [[nodiscard]] QFuture<Result<ChannelId>> addChannel(NewChannel channel) override;
    /// On this machine; the secret goes to the server with addChannel() or renewSecret().
    [[nodiscard]] QFuture<Result<Secret>> signIn(const Finding &finding) override { return m_signingIn.start(finding); }
    void cancelSignIn() override { m_signingIn.cancel(); }
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
    SigningIn m_signingIn;
    QString m_account; ///< empty = the server has not been reached yet
};

} // namespace Earshot
