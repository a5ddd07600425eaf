// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/servergrowth.h"

#include "server/serverlimits.h"
#include "tests/bench/figures.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

namespace Earshot {

namespace {

/// Who waits longer than this says that it does not work.
constexpr double slowMs = 1000;
constexpr double enough = 0.9; ///< of what was wished for

/// More than are let in.
int mostConnections()
{
    return ServerLimits().connections + 500;
}

bool hasBroken(const ActingClients::Measured &measured, const ActingClients::Load &load)
{
    const double applied = double(measured.answers.size()) / (load.perSecond * load.seconds);
    return applied < enough || measured.unanswered > 0 || shareOf(measured.answers, 0.99) > slowMs;
}

} // namespace

ServerGrowth::ServerGrowth(quint16 port, ActingClients &clients, int connected, QList<QByteArray> tokens)
    : m_port(port)
    , m_clients(clients)
    , m_connected(connected)
    , m_tokens(std::move(tokens))
{
}

int ServerGrowth::tokensNeeded()
{
    return mostConnections() / ServerLimits().listenersPerToken + 1;
}

void ServerGrowth::printHead() const
{
    std::printf("%11s %9s %9s %9s %9s %9s %9s %9s  %s\n", "connections", "wished/s", "applied/s", "median ms",
                "99 % ms", "told 99 %", "refused", "to wait", "how");
}

/// "to wait": refused frames that were told when to come again.
ActingClients::Measured ServerGrowth::step(const ActingClients::Load &load)
{
    ActingClients::Measured measured = m_clients.measure(load);
    QString how;
    for (auto problem = measured.problems.cbegin(); problem != measured.problems.cend(); ++problem)
        how += QStringLiteral("%1 times %2; ").arg(problem.value()).arg(problem.key());
    if (measured.unanswered > 0)
        how += QStringLiteral("%1 frames unanswered; ").arg(measured.unanswered);
    std::printf("%11d %9d %9.0f %9.1f %9.1f %9.1f %9lld %9d  %s\n", m_connected, load.perSecond,
                double(measured.answers.size()) / measured.seconds, shareOf(measured.answers, 0.5),
                shareOf(measured.answers, 0.99), shareOf(measured.heard, 0.99),
                static_cast<long long>(measured.refused), measured.polite, qPrintable(how));
    std::fflush(stdout);
    return measured;
}

void ServerGrowth::growConnections()
{
    constexpr ActingClients::Load load{50, 3, 1};
    std::printf("more and more who listen\n");
    printHead();
    step(load);
    const int before = m_connected;
    std::vector<std::unique_ptr<Listeners>> more;
    QMap<QByteArray, int> refusals;
    qsizetype used = 0;
    for (int wished = 2000; used < m_tokens.size() * ServerLimits().listenersPerToken; wished *= 2) {
        QList<QByteArray> tokens;
        for (int i = m_connected; i < std::min(wished, mostConnections()); ++i)
            tokens.append(m_tokens[std::min(used++ / ServerLimits().listenersPerToken, m_tokens.size() - 1)]);
        more.push_back(std::make_unique<Listeners>());
        // Beside the event loop: those who act answer the server's pings there.
        std::atomic<bool> isDone = false;
        int opened = 0;
        std::thread opening([&, port = m_port] {
            opened = more.back()->open(port, tokens);
            isDone = true;
        });
        runFor(300'000, [&] { return isDone.load(); });
        opening.join();
        m_connected += opened;
        for (const QByteArray &refusal : more.back()->refusals())
            ++refusals[refusal];
        step(load);
        if (!refusals.isEmpty() || wished > mostConnections())
            break;
    }
    int ended = 0;
    for (const auto &listeners : more)
        ended += listeners->ended();
    for (auto it = refusals.cbegin(); it != refusals.cend(); ++it)
        std::printf("%-44s %10d\n", qPrintable(QStringLiteral("not let in: ") + QString::fromUtf8(it.key())),
                    it.value());
    std::printf("%-44s %10d\n", "of those let in, ended by the server", ended);
    more.clear();
    m_connected = before;
    std::printf("all those leave at once\n");
    step(load);
}

void ServerGrowth::growRate()
{
    std::printf("more and more actions, 20 in a frame from 500/s on\n");
    printHead();
    int afterwards = 2; ///< steps beyond the one that it breaks at
    constexpr int most = 64'000;
    for (int rate = 100; rate <= most && afterwards > 0; rate *= rate < 500 ? 5 : 2) {
        const ActingClients::Load load{rate, 3, rate < 500 ? 1 : 20};
        const auto measured = step(load);
        if (!hasBroken(measured, load) && afterwards == 2)
            continue;
        if (afterwards == 2)
            std::printf("it does not keep up with %d actions/s\n", rate);
        --afterwards;
    }
    std::printf("and afterwards\n");
    step({100, 3, 1});
    for (auto it = m_clients.ended().cbegin(); it != m_clients.ended().cend(); ++it)
        std::printf("%-44s %10d\n", qPrintable(QStringLiteral("sockets of those who act, ended: ") + it.key()),
                    it.value());
}

} // namespace Earshot
