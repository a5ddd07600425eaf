// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicasession.h"

#include <functional>

namespace Earshot {

/// A desktop's replica of a served workspace, that tells when it has applied something: from then on every list and
/// conversation there shows it.
class FollowingReplica
{
public:
    /// @param folder where its file is made. @param onApplied told up to which change number everything is there, after
    /// the commit, on the thread that made this
    FollowingReplica(quint16 port, const QString &account, const QByteArray &token, const QString &folder,
                     const std::function<void(qint64 seq)> &onApplied);

    /// It has everything.
    [[nodiscard]] bool isCurrent() { return m_session->desk().status().kind == DeskStatus::Kind::current; }

private:
    SystemClock m_clock;
    std::unique_ptr<ReplicaSession> m_session;
};

} // namespace Earshot
