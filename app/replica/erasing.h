// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicatoken.h"
#include "replica/serverconnection.h"

#include <optional>

namespace Earshot {

// A replica that is to be erased at its server's word. That is noted beside it, durably, before anything is deleted:
// wherever the program ends meanwhile, the next start goes on, whether the server is reached or not.

/// What is noted.
struct Erasure
{
    QUrl server;
    QString tokenName;      ///< of the log-in, which cannot be told from the replica any more
    QByteArray authorities; ///< certificates (PEM) that the server's is to be believed by
};

/// @param path of a replica that is there
[[nodiscard]] Done beginErasure(const QString &path, const QUrl &server);
/// Nothing where none was begun, or it is over.
[[nodiscard]] std::optional<Erasure> erasureOf(const QString &path);
/// Those that were begun in a folder: the replicas' paths.
[[nodiscard]] QStringList erasuresIn(const QString &folder);

/// What a replica's agent typed in it and the server has not taken: drafts, and what waits to be sent.
[[nodiscard]] Result<QStringList> loadOwnWords(Database &database);

/// Carries on with an erasure: deletes the replica with all that lies beside it, tells the server so, and removes the
/// log-in. Nobody may have the replica open. Lives on the thread that made it, with an event loop.
class Erasing final : public QObject
{
    Q_OBJECT

public:
    Erasing(QString path, TokenStore store, const Clock &clock, QObject *parent = nullptr);

    void run();

Q_SIGNALS:
    /// Once. @param left what could not be deleted, which is tried again at the next start; empty = nothing. Whether
    /// the server heard of it is nothing that anybody has to wait for.
    void ended(const QString &left);

private:
    void report(const Secret &token);
    void forget();

    const QString m_path;
    const TokenStore m_store;
    const Clock &m_clock;
    Erasure m_erasure;
    std::unique_ptr<ServerConnection> m_connection;
};

} // namespace Earshot
