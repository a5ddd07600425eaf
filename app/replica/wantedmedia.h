// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/serverconnection.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <optional>

namespace Earshot {

/// The files of messages that somebody wants to see. The server is asked for a few at a time: what is done goes there
/// by the same connections. Lives on the thread that made it; the connection outlives it.
class WantedMedia final : public QObject
{
    Q_OBJECT

public:
    /// @param folder where they are kept @param betweenTries see OutboxSender
    WantedMedia(ServerConnection &connection, QString folder, Duration betweenTries, QObject *parent = nullptr);

    /// What could not be had is asked for again, except what the server does not have. Where the line failed that is
    /// done after a pause, too.
    void setSession(const ServerSession &session);
    /// The server is away.
    void rest();
    /// What was wanted last comes first. As long as the server is not reached it is remembered.
    void want(const QString &hash);

Q_SIGNALS:
    void arrived(const QString &hash);

private:
    void fetchAgain();
    void fetchNext();
    void fetch(const QString &hash);
    void onFetched(const QString &hash, const Done &fetched, const ServerSession &asked);

    ServerConnection &m_connection;
    const QString m_folder;
    const Duration m_betweenTries;
    QTimer m_again;
    int m_failures = 0;                     ///< since something came
    std::optional<ServerSession> m_session; ///< none = the server is not reached
    QSet<QString> m_wanted;                 ///< all that has not come
    QStringList m_toFetch;                  ///< those of them whose turn is to come, the next one last
    QSet<QString> m_fetching;
};

} // namespace Earshot
