// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/opendesk.h"
#include "replica/networkwatch.h"
#include "replica/replicadesk.h"
#include "replica/replicafollower.h"
#include "replica/sharedchannels.h"
#include "workspace/accountstore.h"

#include <QTimer>

namespace Earshot {

/// A replica that is open for work: it follows its server and acts there. Lives on the thread that made it; owns the
/// workspace and the threads of the connection and of the follower.
class ReplicaSession final : public QObject, public OpenDesk
{
    Q_OBJECT

public:
    struct Options
    {
        QString path;
        Secret token; ///< empty = nobody is logged in: it can be read
        ReplicaFollower::Pauses pauses;
        Duration patience = std::chrono::milliseconds(300); ///< see ReplicaDesk
        LinePatience line;
        SigningIn::MakeTransport signInTransport; ///< see SigningIn
        bool awaitsToken = false;                 ///< the keychain is being asked for it: takeKept() comes
    };
    /// Errors: those of ReplicaFile::open.
    [[nodiscard]] static Result<std::unique_ptr<ReplicaSession>> open(const Options &options, const Clock &clock);
    ~ReplicaSession() override;

    [[nodiscard]] Workspace &workspace() override { return *m_workspace; }
    [[nodiscard]] Desk &desk() override { return *m_desk; }
    [[nodiscard]] ChannelService &channels() override { return *m_channels; }
    [[nodiscard]] bool isOwner() const override { return false; }
    [[nodiscard]] QFuture<Done> close() override { return m_desk->close(); }

    /// There was something to work with when it was opened: usable() comes at once.
    [[nodiscard]] bool isUsable() const { return m_isUsable; }
    [[nodiscard]] QUrl server() const { return m_connection->server(); }
    /// The id of the last log-in, also after logOut(); empty = there was none.
    [[nodiscard]] QString tokenId() const { return m_tokenId; }
    /// Drafts that are nowhere but in memory: after close(), what the file did not take.
    [[nodiscard]] QList<DraftRecord> unwrittenDrafts() const { return m_desk->unwrittenDrafts(); }
    /// Somebody logged in (again).
    void setToken(const Secret &token);
    /// What the keychain has that was asked; empty = nothing, so somebody has to log in. Whoever did so meanwhile stays
    /// logged in.
    void takeKept(const Secret &token);
    /// The server forgets this device, if it is reached; what is here can be read until setToken().
    [[nodiscard]] QFuture<Done> logOut();
    /// An agent's devices as the server lists them. Errors: those of ServerConnection; refused (others' are for
    /// admins).
    [[nodiscard]] QFuture<Result<QList<TokenRecord>>> devices(AgentId agent);
    /// Logs one of them out. @param erases what it keeps too, when it is next seen. Errors: also notFound.
    [[nodiscard]] QFuture<Done> takeDevice(AgentId agent, const QString &id, bool erases);
    /// Looks at once whether the server is there (again).
    void tryNow();

Q_SIGNALS:
    /// There is something to work with: the newest conversations of a channel are here, or a synchronisation is over.
    void usable();
    /// The server says that what is here may no longer be. Once; after "disabled" there may be "erase". Disabled: all
    /// that came from it is gone from the replica, and what was typed here is not (loadOwnWords()). Erase: it is noted
    /// that this is to be erased (beginErasure()); whoever has it open closes it and runs an Erasing.
    void parted(Earshot::Parting parting);

private:
    void onParted(Parting parting);
    /// A network that is there again is tried without the rest of a long pause, unless the server itself asked for one.
    void watchNetwork();
    /// It is told, and could not be noted.
    void noteAgain();

    ReplicaSession(std::unique_ptr<Workspace> workspace, std::unique_ptr<ReplicaFile> file, const Options &options);

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<ReplicaFile> m_file; ///< used on the follower's thread only
    const bool m_isUsable;
    Parting m_parting = Parting::none;
    const ReplicaFollower::Pauses m_pauses;
    QTimer m_noteAgain;
    int m_unnoted = 0; ///< so often in a row an order to erase could not be noted
    const QString m_account;
    QString m_tokenId;
    bool m_awaitsToken;
    std::unique_ptr<ServerConnection> m_connection;
    std::unique_ptr<ReplicaDesk> m_desk;
    std::unique_ptr<SharedChannels> m_channels;
    NetworkWatch m_network;
    QThread m_thread;
    ReplicaFollower *m_follower; ///< lives on that thread and goes with it
};

} // namespace Earshot
