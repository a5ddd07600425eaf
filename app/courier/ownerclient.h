// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/desk.h"

#include <QHash>
#include <QJsonObject>
#include <QLocalSocket>

#include <functional>

namespace Earshot {

/// The name of the local socket of a workspace's owner: one per file and user.
[[nodiscard]] QString ownerSocketName(const QString &workspacePath);

/// Hands actions, pulls and deliveries to the process that owns the workspace. Requests and answers are lines of JSON:
/// {"id", "method", "arguments"} and {"id", "result"}; actions and outcomes as in model/actionjson.h. When the owner
/// goes away, what waits is answered as unreachable. Lives on the thread that made it.
class OwnerClient final : public QObject
{
    Q_OBJECT

public:
    explicit OwnerClient(const QString &workspacePath, QObject *parent = nullptr);
    ~OwnerClient() override;

    [[nodiscard]] QFuture<QList<Outcome>> perform(AgentId agent, const QList<Action> &actions);
    [[nodiscard]] QFuture<QList<ChannelReport>> pull(ChannelId channel);
    [[nodiscard]] QFuture<QList<ChannelReport>> deliver(bool skipUndoWindow);
    /// Ends once the owner has answered, or not.
    [[nodiscard]] QFuture<bool> isThere();

private:
    using Answer = std::function<void(const std::optional<QJsonObject> &)>;
    void send(const QString &method, const QJsonObject &arguments, Answer answer);
    [[nodiscard]] QFuture<QList<ChannelReport>> ask(const QString &method, const QJsonObject &arguments);
    void onReadable();
    void onGone();

    QLocalSocket m_socket;
    QByteArray m_buffer;
    QHash<int, Answer> m_waiting;
    int m_lastId = 0;
};

[[nodiscard]] QJsonObject toJson(const ChannelReport &report);
[[nodiscard]] ChannelReport reportFromJson(const QJsonObject &json);

} // namespace Earshot
