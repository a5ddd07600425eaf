// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/ownerwire.h"
#include "desk/localdesk.h"

#include <QLocalSocket>
#include <QTimer>

#include <functional>
#include <map>

namespace Earshot {

/// Hands actions, personal state, pulls and deliveries to the process that owns the workspace (see ownerwire.h). When
/// that one ends, what waits is kept: this process becomes the owner and does it itself, or speaks to whoever became
/// it. An action that was asked twice is done once, by its id. Only what found no owner for as long as `patience` is
/// answered as unreachable. Lives on the thread that made it.
class OwnerClient final : public QObject
{
    Q_OBJECT

public:
    /// Who does what waits, once this process is the owner.
    struct Heir
    {
        LocalDesk *desk = nullptr;
        ChannelService *channels = nullptr;
    };
    /// Tries to become the owner; nothing = somebody else is.
    using TakeOver = std::function<std::optional<Heir>()>;

    /// @param takeOver called from the event loop whenever there is no owner to speak to; empty = never
    OwnerClient(const QString &workspacePath, TakeOver takeOver, Duration patience, QObject *parent = nullptr);
    ~OwnerClient() override;

    [[nodiscard]] QFuture<QList<Outcome>> perform(AgentId agent, const QList<Action> &actions);
    [[nodiscard]] QFuture<Done> savePersonal(AgentId agent, const PersonalState &state);
    [[nodiscard]] QFuture<QList<ChannelReport>> pull(ChannelId channel);
    [[nodiscard]] QFuture<QList<ChannelReport>> deliver(bool skipUndoWindow);
    /// Ends once the owner has answered, or not.
    [[nodiscard]] QFuture<bool> isThere();

Q_SIGNALS:
    /// The owner committed; also, with all flags set, after another owner was found: anything may have changed.
    void changed(const Earshot::CommitNotice &notice);

private:
    using Answer = std::function<void(const std::optional<QJsonObject> &)>;
    struct Request
    {
        QString method;
        QJsonObject arguments;
        Answer answer; ///< nothing = unreachable
        std::function<void(const Heir &)> doHere;
    };
    void send(Request request);
    void write(int id, const Request &request);
    [[nodiscard]] QFuture<QList<ChannelReport>> ask(const QString &method, const QJsonObject &arguments,
                                                    std::function<QFuture<QList<ChannelReport>>(const Heir &)> doHere);
    void onConnected();
    void onReadable();
    void onGone();
    void seek();
    void handOver(const Heir &heir);
    void giveUp();
    [[nodiscard]] bool isConnected() const { return m_socket.state() == QLocalSocket::ConnectedState; }

    QString m_path;
    TakeOver m_takeOver;
    Duration m_patience;
    QLocalSocket m_socket;
    QTimer m_seek;   ///< runs while there is no owner to speak to
    QTimer m_giveUp; ///< runs with it; once it has ended, requests are answered as unreachable
    QByteArray m_buffer;
    std::map<int, Request> m_waiting; ///< in the order they were asked
    int m_lastId = 0;
    bool m_wasConnected = false;
    bool m_hasGivenUp = false;
};

} // namespace Earshot
