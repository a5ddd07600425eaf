// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "model/secret.h"

#include <QFuture>
#include <QObject>
#include <QUrl>

namespace Earshot {

/// What a person gives to connect an address.
struct NewChannel
{
    Finding finding;
    QString name; ///< empty = the finding's
    QString user;
    Secret secret; ///< application password or token
    Purpose purpose = Purpose::support;
    Time horizon;   ///< how far back
    Time workSince; ///< from when on it is work
    /// Counted back from this machine's clock ("30 days ago", "now"), not dates: they follow the network's clock where
    /// that says another time.
    bool isHorizonAgo = false;
    bool isWorkSinceAgo = false;
    AgentId actor; ///< who adds it; none = the desk's own agent
};

/// What one channel's pull or delivery did.
struct ChannelReport
{
    ChannelId channel;
    QString name;
    int messages = 0; ///< new ones stored
    int history = 0;  ///< of these: older than what is work on this channel; they are no news
    int changes = 0;  ///< edits, deletions, moderation noticed
    int sent = 0;
    int waiting = 0; ///< deliveries still to come
    int failed = 0;
    int unsure = 0;
    std::optional<Error> error;
    [[nodiscard]] int news() const { return messages - history; }
};

/// What screens and commands ask of the networks, without knowing HTTP: implemented by the courier where it runs here,
/// by the server's protocol elsewhere. Every future ends exactly once, on any thread.
class ChannelService : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// "Paste an address": what lives there.
    [[nodiscard]] virtual QFuture<Result<QList<Finding>>> discover(const QString &address) = 0;
    /// The latest items as proof, before connecting: at most five, newest first, each text a line of it, as this user
    /// with this secret reads them, without one as everybody does. The secret is not used up by it. Errors: also
    /// otherAccount.
    [[nodiscard]] virtual QFuture<Result<QList<RemoteMessage>>> preview(const NewChannel &wish) = 0;
    /// Checks the account, keeps the secret, adds the channel.
    [[nodiscard]] virtual QFuture<Result<ChannelId>> addChannel(NewChannel channel) = 0;
    /// Browser sign-in: the address to open comes by signInPageReady(); the secret by the future, for addChannel().
    [[nodiscard]] virtual QFuture<Result<Secret>> signIn(const Finding &finding) = 0;
    virtual void cancelSignIn() = 0;
    /// A new secret for a channel whose sign-in ended. It is tried first: what does not work, or speaks as somebody
    /// else than the channel does (otherAccount), changes nothing.
    [[nodiscard]] virtual QFuture<Done> renewSecret(ChannelId channel, Secret secret) = 0;
    [[nodiscard]] virtual QFuture<Result<Capabilities>> testChannel(ChannelId channel) = 0;
    [[nodiscard]] virtual QFuture<Done> removeChannel(ChannelId channel) = 0;

    /// Pulls once, now. No channel = all.
    [[nodiscard]] virtual QFuture<QList<ChannelReport>> pull(ChannelId channel) = 0;
    /// Sends what is due. @param skipUndoWindow also what is still held
    [[nodiscard]] virtual QFuture<QList<ChannelReport>> deliver(bool skipUndoWindow) = 0;

Q_SIGNALS:
    void signInPageReady(const QUrl &page);
};

} // namespace Earshot
