// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/authenticator.h"
#include "server/serverlimits.h"

#include <QThreadPool>

namespace Earshot {

/// Files beside the workspace (RFC 8620 6): read by whoever may see a message that they belong to, or who brought them;
/// kept under their hash. Lives on the server's thread; disks are touched on threads of its own.
class BlobService final : public QObject
{
    Q_OBJECT

public:
    struct Blob
    {
        QByteArray bytes;
        QString type;
    };
    struct Kept
    {
        QString hash;
        QString type;
        qint64 size = 0;
    };

    BlobService(Workspace &workspace, const ServerLimits &limits, QObject *parent = nullptr);
    ~BlobService() override;

    /// Errors: notFound (also where the agent may not see it), io.
    [[nodiscard]] QFuture<Result<Blob>> load(AgentId agent, const QString &hash);
    /// Errors: unsupported (not a type that is sent along), permission (a viewer), diskFull, io.
    [[nodiscard]] QFuture<Result<Kept>> keep(AgentId agent, const QByteArray &bytes, const QString &type);

private:
    Workspace &m_workspace;
    QThreadPool m_disk;
};

/// Whether the agent may have the file: by a message that it sees, or because it uploaded it.
/// @param type is set to its type
[[nodiscard]] bool mayHaveBlob(Database &database, AgentId agent, const QSet<qint64> &hiddenChannels,
                               const QString &hash, QString *type = nullptr);

/// A file's name here: the hash in hex. Anything else is none.
[[nodiscard]] bool isBlobId(const QString &text);

} // namespace Earshot
