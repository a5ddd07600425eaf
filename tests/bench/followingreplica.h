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
    /// @param folder where its file is made, if it is not there. @param onApplied told up to which change number
    /// everything is there, after the commit, on the thread that made this
    /// @param betweenChecks of whether the replica is what it should be
    FollowingReplica(quint16 port, const QString &account, const QByteArray &token, const QString &folder,
                     const std::function<void(qint64 seq)> &onApplied,
                     Duration betweenChecks = ReplicaFollower::Pauses().betweenChecks);

    /// Makes the file that it opens, where there is none, and says there where the server is. Ends the program where
    /// that cannot be done.
    static QString makeFile(quint16 port, const QString &account, const QString &folder);

    [[nodiscard]] Desk &desk() { return m_session->desk(); }
    /// It has everything.
    [[nodiscard]] bool isCurrent() { return m_session->desk().status().kind == DeskStatus::Kind::current; }

private:
    SystemClock m_clock;
    std::unique_ptr<ReplicaSession> m_session;
};

} // namespace Earshot
