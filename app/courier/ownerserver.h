// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/ownerwire.h"
#include "desk/localdesk.h"

#include <QLocalServer>
#include <QLocalSocket>

namespace Earshot {

/// The owner's local socket: takes actions, personal state, pulls and deliveries from this user's other processes and
/// tells them of commits (see ownerwire.h).
/// Lives on the thread of the desk and the service; dies before them.
class OwnerServer final : public QObject
{
    Q_OBJECT

public:
    OwnerServer(LocalDesk &desk, ChannelService &channels, QObject *parent = nullptr);

private:
    void onConnected();
    void onReadable(QLocalSocket *socket);
    void handle(QLocalSocket *socket, const QJsonObject &request);
    void perform(QLocalSocket *socket, int id, const QJsonObject &arguments);
    void adopt(QLocalSocket *socket, int id);
    void storeAccess(QLocalSocket *socket, int id, const QJsonObject &arguments);
    void savePersonal(QLocalSocket *socket, int id, const QJsonObject &arguments);
    void tellFollowers(const CommitNotice &notice);
    void answerReports(QLocalSocket *socket, int id, const QFuture<QList<ChannelReport>> &reports);
    static void answer(QLocalSocket *socket, int id, const QJsonObject &result);

    LocalDesk &m_desk;
    ChannelService &m_channels;
    QLocalServer m_server;
    QSet<QLocalSocket *> m_followers;
};

} // namespace Earshot
