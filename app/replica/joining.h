// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicafile.h"
#include "replica/serverconnection.h"

#include <QTimer>

#include <functional>

namespace Earshot {

/// What a file is to who wants to join a server's workspace with it.
enum class JoinTarget {
    fresh,        ///< not there yet: it becomes the replica
    joined,       ///< that server's replica already
    otherReplica, ///< another server's
    ownWorkspace, ///< no replica at all
};
[[nodiscard]] JoinTarget joinTargetOf(const QString &path, const QString &server);

/// Logs this device in at a server and makes the replica that will follow it, where there is none yet. One attempt at a
/// time; a wrong one may be followed by another. Lives on the thread that made it.
class Joining final : public QObject
{
    Q_OBJECT

public:
    /// Keeps a token under a name: in the keychain.
    using Keep = std::function<QFuture<Done>(const QString &name, const Secret &token)>;

    /// @param path of the replica, which may be there already
    Joining(QString path, Keep keep, const Clock &clock, QObject *parent = nullptr);

    /// @param address as a person types it @param name empty = `password` is a token that was made for this device
    void logIn(const QString &address, const QString &name, const Secret &password);
    /// Nobody waits for the attempt any more: a device that the server has made or is just making for it is taken back
    /// there, and what was made here goes.
    void giveUp();

Q_SIGNALS:
    // Of each attempt exactly one beside waiting() and keeping(). What fails after the server has let this device in
    // with a password gives the token back there.
    /// The server is there and asks to come back at `why.until`: that happens by itself.
    void waiting(const Earshot::Error &why);
    /// The server has let this device in; the store of secrets, which may ask the person something, is to keep that.
    void keeping();
    /// The replica is there, and the token kept.
    void joined(const Earshot::Secret &token);
    /// Errors: those of ServerConnection::logIn; invalid (no address of a server), refused (the replica there is of
    /// another workspace or somebody else's), noKeychain, those of ReplicaFile::create.
    /// @param isLeft the server was not reached any more, and may know a device that nobody has
    void failed(const Earshot::Error &error, bool isLeft);
    /// After giveUp(), at once where nothing was under way. @param isLeft as of failed()
    void givenUp(bool isLeft);

private:
    void ask(const QString &name, const Secret &password);
    [[nodiscard]] bool waitsFor(const Error &why, std::function<void()> again);
    void goOn();
    void begin(const Secret &token);
    void keep(const Secret &token);
    void giveBack(const Error &error);
    void end(const Error &error, bool isLeft);
    [[nodiscard]] Done makeReplica(const ServerSession &session);

    const QString m_path;
    const Keep m_keep;
    const Clock &m_clock;
    std::unique_ptr<ServerConnection> m_connection; ///< of the present attempt
    QTimer m_wait;                                  ///< until the server wishes to be asked again
    std::function<void()> m_again;                  ///< then
    bool m_isByToken = false;                       ///< it was there before, and stays what it is
    bool m_isUnderWay = false;
    bool m_isGivenUp = false;
    bool m_isFresh = false; ///< the replica was made by this attempt
};

} // namespace Earshot
