// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/rowwatch.h"

#include "replica/rowcheck.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

#include <algorithm>

namespace Earshot {

namespace {

/// What stands in the way may pass.
constexpr int mostFailures = 3;
constexpr Duration aPass = std::chrono::hours(24);
/// At most one part in so many of the time goes into it. All who follow a server ask it: it does for a thousand of them
/// what one of them waits for, and that is to be a twentieth of a core.
constexpr int partOfTime = 20'000;

} // namespace

void RowWatch::checkNext()
{
    RowCheck check(m_file, m_server, m_mostRows);
    if (m_isUseless || !check.isDue())
        return;
    // Not waited for: what can never be sent would put it off for ever.
    static_cast<void>(check.comesToRest());
    if (m_next < 0)
        m_next = qint64(QRandomGenerator::global()->bounded(quint64(numberOfState(m_file.state())) + 1));
    QElapsedTimer timer;
    timer.start();
    const auto finding = check.compare(m_next);
    m_took = std::chrono::milliseconds(timer.elapsed());
    if (!finding) {
        onFailure(finding.error(), -1);
        return;
    }
    // What nobody can tell now is looked at again the next time.
    if (!finding->isTold)
        return;
    const Seq next = finding->hasMore ? finding->upTo : 0;
    if (!finding->differences.isEmpty()) {
        const auto repaired = check.repair(finding->differences);
        if (!repaired) {
            onFailure(repaired.error(), next);
            return;
        }
        m_repaired += *repaired;
        qWarning("the replica differed from its server in %lld rows, first in %s %lld; they were fetched anew",
                 static_cast<long long>(*repaired), finding->differences.constFirst().table.constData(),
                 static_cast<long long>(finding->differences.constFirst().id));
    }
    m_next = next;
    m_failures = 0;
}

Duration RowWatch::pause(Duration most) const
{
    return pauseFor(numberOfState(m_file.state()), m_mostRows, m_took, most);
}

Duration RowWatch::pauseFor(Seq rows, int mostRows, Duration took, Duration most)
{
    const Seq ranges = std::max<Seq>(1, rows / mostRows);
    return std::min(most, std::max<Duration>(aPass / ranges, took * partOfTime));
}

/// One place that cannot be compared or put right does not keep the others from it.
/// @param otherwise where to go on then
void RowWatch::onFailure(const Error &error, Seq otherwise)
{
    m_isUseless = error.kind == ErrorKind::unsupported;
    if (error.kind == ErrorKind::cancelled || ++m_failures < mostFailures)
        return;
    qWarning("the replica could not be compared with its server after change %lld: %s",
             static_cast<long long>(std::max<Seq>(m_next, 0)), qPrintable(error.detail));
    m_failures = 0;
    m_next = otherwise;
}

} // namespace Earshot
