// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicasession.h"

namespace Earshot {

/// Deletes a replica with everything beside it: its log, media, slices, lock and
/// copies from before an upgrade. Nobody may have it open. What was on
/// the disk may be found there until it is overwritten. Errors: io, naming what is left.
[[nodiscard]] Done eraseReplica(const QString &path);

/// Takes a device out of a shared workspace. Lives on the thread that made it.
class Leaving final : public QObject
{
    Q_OBJECT

public:
    /// Removes what is kept under a name: from the keychain.
    using Remove = std::function<QFuture<Done>(const QString &name)>;

    /// @param session outlives it
    Leaving(ReplicaSession &session, Remove remove, QObject *parent = nullptr);

    /// The server forgets this device, as far as it is reached; so does the keychain. The session can be read on.
    void logOut();

Q_SIGNALS:
    /// Once. @param atServer whether the server has forgotten it @param here whether the keychain has
    void left(bool atServer, bool here);

private:
    ReplicaSession &m_session;
    const Remove m_remove;
};

} // namespace Earshot
