// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/authenticator.h"
#include "server/serverlimits.h"
#include "workspace/slicestore.h"

#include <QThreadPool>
#include <QTimer>

namespace Earshot {

/// Files beside the workspace (RFC 8620 6): read by whoever may see a message that they belong to, or who brought them;
/// kept under their hash. What was brought and is in no message after a while goes. And slices, read by whoever may see
/// their channel. Lives on the server's thread; disks are touched on threads of its own.
class BlobService final : public QObject
{
    Q_OBJECT

public:
    struct Blob
    {
        QString path;
        QString type;
    };
    struct Kept
    {
        QString hash;
        QString type;
        qint64 size = 0;
    };

    BlobService(Workspace &workspace, SliceStore &slices, const ServerLimits &limits, QObject *parent = nullptr);
    ~BlobService() override;

    /// Where the file lies. Errors: notFound (also where the agent may not see it, or it is another account's), io.
    [[nodiscard]] QFuture<Result<Blob>> load(AgentId agent, const QString &account, const QString &hash);
    /// Errors: unsupported (not a type that is sent along), permission (a viewer), diskFull, io.
    [[nodiscard]] QFuture<Result<Kept>> keep(AgentId agent, const QByteArray &bytes, const QString &type);

private:
    void forgetUnused();

    Workspace &m_workspace;
    const Duration m_uploadsKept;
    QTimer m_sweep;
    SliceStore &m_slices;
    QThreadPool m_disk;
};

/// Whether the agent may have the file: by a message that it sees, or because it uploaded it.
/// @param type is set to its type
[[nodiscard]] bool mayHaveBlob(Database &database, AgentId agent, const QSet<qint64> &hiddenChannels,
                               const QString &hash, QString *type = nullptr);

/// A file's name here: the hash in hex. Anything else is none.
[[nodiscard]] bool isBlobId(const QString &text);

} // namespace Earshot
