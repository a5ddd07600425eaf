// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/followingreplica.h"

namespace Earshot {

FollowingReplica::FollowingReplica(quint16 port, const QString &account, const QByteArray &token, const QString &folder,
                                   const std::function<void(qint64 seq)> &onApplied)
{
    ReplicaSession::Options options;
    options.path = folder + QStringLiteral("/replica.earshot");
    options.token = Secret(token);
    const QString server = QStringLiteral("http://127.0.0.1:%1").arg(port);
    if (const Done made = ReplicaFile::create(options.path, {server, account, AgentId(1)}, m_clock); !made)
        qFatal("no replica: %s", qPrintable(made.error().detail));
    auto session = ReplicaSession::open(options, m_clock);
    if (!session)
        qFatal("no replica: %s", qPrintable(session.error().detail));
    m_session = *std::move(session);
    QObject::connect(&m_session->desk(), &Desk::changed, &m_session->desk(),
                     [onApplied](const CommitNotice &notice) { onApplied(notice.last); });
}

} // namespace Earshot
