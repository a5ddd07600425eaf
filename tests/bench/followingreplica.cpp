// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/followingreplica.h"

#include "replica/replicameta.h"

#include <QFile>

namespace Earshot {

FollowingReplica::FollowingReplica(quint16 port, const QString &account, const QByteArray &token, const QString &folder,
                                   const std::function<void(qint64 seq)> &onApplied, Duration betweenChecks)
{
    ReplicaSession::Options options;
    options.path = makeFile(port, account, folder);
    options.token = Secret(token);
    options.pauses.betweenChecks = betweenChecks;
    auto session = ReplicaSession::open(options, m_clock);
    if (!session)
        qFatal("no replica: %s", qPrintable(session.error().detail));
    m_session = *std::move(session);
    QObject::connect(&m_session->desk(), &Desk::changed, &m_session->desk(),
                     [onApplied](const CommitNotice &notice) { onApplied(notice.last); });
}

QString FollowingReplica::makeFile(quint16 port, const QString &account, const QString &folder)
{
    const QString path = folder + QStringLiteral("/replica.earshot");
    const QString server = QStringLiteral("http://127.0.0.1:%1").arg(port);
    if (QFile::exists(path)) {
        auto opened = Database::open(path, Database::Mode::readWrite);
        if (!opened)
            qFatal("no replica: %s", qPrintable(opened.error().detail));
        ReplicaMeta::write(**opened, ReplicaMeta::server, server);
        return path;
    }
    if (const Done made = ReplicaFile::create(path, {server, account, AgentId(1)}, SystemClock()); !made)
        qFatal("no replica: %s", qPrintable(made.error().detail));
    return path;
}

} // namespace Earshot
