// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/rowwatch.h"

#include "replica/rowcheck.h"
#include "replica/waitingserver.h"

#include <QRandomGenerator>

namespace Earshot {

void RowWatch::checkNext()
{
    WaitingServer server(m_connection, m_file.source().account);
    RowCheck check(m_file, server);
    if (m_isUseless || !check.isAtRest())
        return;
    if (m_next < 0)
        m_next = qint64(QRandomGenerator::global()->bounded(quint64(numberOfState(m_file.state())) + 1));
    const auto finding = check.compare(m_next);
    if (!finding) {
        m_isUseless = finding.error().kind == ErrorKind::unsupported;
        return;
    }
    // What nobody can tell now is looked at again the next time.
    if (!finding->isTold)
        return;
    if (!finding->differences.isEmpty()) {
        const auto repaired = check.repair(finding->differences);
        if (!repaired)
            return;
        m_repaired += *repaired;
        qWarning("the replica differed from its server in %lld rows, first in %s %lld; they were fetched anew",
                 static_cast<long long>(*repaired), finding->differences.constFirst().table.constData(),
                 static_cast<long long>(finding->differences.constFirst().id));
    }
    m_next = finding->hasMore ? finding->upTo : 0;
}

} // namespace Earshot
