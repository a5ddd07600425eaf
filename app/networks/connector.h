// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/future.h"
#include "model/remote.h"
#include "model/secret.h"
#include "networks/http.h"

#include <functional>

namespace Earshot {

/// What a connector needs to speak for one channel. Filled by the courier from the workspace and the keychain.
struct ChannelAccess
{
    Network network = Network::feed;
    QString address;   ///< as in Finding: feed URL, site URL, "@name@host", "#tag@host"
    QUrl baseUrl;      ///< the server; empty = derived from the address
    QString accountId; ///< the channel identity's id on the network, empty when anonymous
    QString accountHandle;
    QString user;  ///< for Basic authentication
    Secret secret; ///< token or application password; empty = public sources only
    Time horizon;  ///< how far back the first pull goes, by the network's clock; later ones take whatever is new
    /// The file of an attached medium by hash; opened by the connector at sending. Thread-safe.
    std::function<QString(const QString &hash)> mediaPath;
    /// Keeps a changed `secret` (a renewed session) for the next start; may be empty. Called on the network thread.
    std::function<void(const Secret &secret)> keepSecret;
    /// false: nobody could keep it, so what a renewal would use up is not renewed (authExpired).
    bool mayRenew = true;
};

/// Who we are on the network, learnt by check().
struct Account
{
    QString id;
    QString handle;
    QString name;
    QUrl baseUrl;
    Capabilities capabilities;
};

/// What the courier already holds and wants looked at again for edits and deletions.
struct KnownMessage
{
    QString uri;
    QString remoteId;
    bool isOurs = false;
};

/// What the courier tells findDelivered() about an attempt.
struct Attempt
{
    Time startedAt;
    Duration clockSkew = std::chrono::minutes(2);
    QStringList boundUris; ///< already bound to other replies: never a match
};

/// The code that speaks one network, for one channel. Lives on the network thread, owns no thread, knows no database.
/// Every future ends exactly once, on that thread, also when the connector is destroyed (cancelled). Calls for effects
/// are never repeated inside: the courier decides. Errors are those of ErrorKind's first group.
class Connector : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Looks at the account and the server: who we are there, what the channel can do. Also "test" of a channel.
    [[nodiscard]] virtual QFuture<Result<Account>> check() = 0;

    /// The next page. An empty Position is the first pull (back to `horizon`). Pages of a walk run from new to old; the
    /// page that meets the mark (or the horizon, or the edge) answers with a new mark and an empty walk. A walk that a
    /// crash interrupted goes on from its `walk`, and nothing that arrived meanwhile is skipped: it is met by the
    /// next walk, as the mark did not move past it.
    [[nodiscard]] virtual QFuture<Result<Page>> pull(Position position) = 0;

    /// A look at what pulls will bring, before the first: at most `most` of the newest, newest first. As the first page
    /// of a pull has them, where a network has no cheaper way.
    [[nodiscard]] virtual QFuture<Result<QList<RemoteMessage>>> latest(qsizetype most);

    /// The thread around a message as it is now, root first, incl. the message itself: context, and the last question
    /// before publishing.
    [[nodiscard]] virtual QFuture<Result<QList<RemoteMessage>>> thread(KnownMessage message) = 0;

    /// The present state of messages that we hold: changed ones whole, vanished ones as changes. Networks that cannot
    /// tell answer an empty page.
    [[nodiscard]] virtual QFuture<Result<Page>> refresh(QList<KnownMessage> messages) = 0;

    /// What must be in a reply's text or settings before it is stored as Outgoing (names of those answered,
    /// visibility). Pure; fails with tooLong, unsupported, invalid.
    [[nodiscard]] virtual Result<Outgoing> prepare(Outgoing wish, const RemoteMessage &target) const = 0;

    /// Carries it out, once. `unsure` when it may have arrived. Media are uploaded first; that is not yet an effect.
    [[nodiscard]] virtual QFuture<Result<Delivered>> deliver(Outgoing outgoing) = 0;

    /// Looks for the effect of an earlier attempt: the match, nothing (std::nullopt: it is not there), or an error.
    [[nodiscard]] virtual QFuture<Result<std::optional<Delivered>>> findDelivered(Outgoing outgoing,
                                                                                  Attempt attempt) = 0;

    /// Whether Capabilities::keyLifetime holds for this one: whether the network recognises a repeat of it.
    [[nodiscard]] virtual bool isKeyed(const Outgoing &) const { return true; }

    /// Opens a stream where the network has one; does nothing elsewhere. heardSomething() asks for a pull.
    virtual void listen() {}

Q_SIGNALS:
    /// Something happened on the network that a pull will bring. A hint: nothing depends on it.
    void heardSomething();
    /// What the last answer said about limits: the courier waits until then when `remaining` is 0.
    void limitTold(int remaining, Earshot::Time reset);
};

/// At most so many of them, newest first.
[[nodiscard]] QList<RemoteMessage> newestOf(QList<RemoteMessage> messages, qsizetype most);

} // namespace Earshot
