// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/serverconnection.h"

#include <QObject>
#include <QSet>
#include <QStringList>

#include <optional>

namespace Earshot {

/// The files of messages that somebody wants to see. The server is asked for a few at a time: what is done goes there
/// by the same connections. Lives on the thread that made it; the connection outlives it.
class WantedMedia final : public QObject
{
    Q_OBJECT

public:
    /// @param folder where they are kept
    WantedMedia(ServerConnection &connection, QString folder, QObject *parent = nullptr);

    /// What could not be had is asked for again, except what the server does not have.
    void setSession(const ServerSession &session);
    /// What was wanted last comes first. As long as the server is not reached it is remembered.
    void want(const QString &hash);

Q_SIGNALS:
    void arrived(const QString &hash);

private:
    void fetchNext();
    void fetch(const QString &hash);
    void onFetched(const QString &hash, const Done &fetched, const ServerSession &asked);

    ServerConnection &m_connection;
    const QString m_folder;
    std::optional<ServerSession> m_session; ///< none = the server has not been reached yet
    QSet<QString> m_wanted;                 ///< all that has not come
    QStringList m_toFetch;                  ///< those of them whose turn is to come, the next one last
    QSet<QString> m_fetching;
};

} // namespace Earshot
