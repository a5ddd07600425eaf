// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_server [CLIENTS [ACTING [ACTIONS-PER-SECOND [SECONDS [ACTIONS-IN-A-FRAME]]]]]: earshotd in a process of its own
// on a small workspace, or on a copy of the one named by EARSHOT_BENCH_WORKSPACE, clients on WebSockets here. All are
// still at first; then those who act add notes in turn, and all others listen, by deltas. With a workspace of its own
// one more client then reads, searches, catches up and fetches slices (made for at most EARSHOT_BENCH_SLICE_SECONDS,
// 300). Then the load grows, for about two minutes, until it is too much: more connections, then more actions. With the
// small workspace, which is served last where another one was named, a desktop's replica follows too, and it is looked
// at when it has applied an action. Prints tables; asserts nothing.

#include "tests/bench/actingclients.h"
#include "tests/bench/figures.h"
#include "tests/bench/followingreplica.h"
#include "tests/bench/listeners.h"
#include "tests/bench/processuse.h"
#include "tests/bench/servedcopy.h"
#include "tests/bench/servergrowth.h"
#include "tests/bench/serverreading.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <sys/resource.h>
#include <vector>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

struct LoadPlan
{
    int clients = 1000;
    int acting = 100;
    ActingClients::Load load{100, 10, 1};
    QString workspace;     ///< empty = a small one is made
    int conversations = 1; ///< their ids are 1 ... this
    bool grows = true;
};

/// @param budget as it stands in the design, for a thousand connected
void printRow(const char *name, const std::vector<double> &times, const char *budget = "")
{
    if (!times.empty())
        std::printf("%-44s %10.3f %10.3f %10.3f  %s\n", name, shareOf(times, 0.5), shareOf(times, 0.99),
                    shareOf(times, 1), budget);
}

class Bench
{
public:
    explicit Bench(const LoadPlan &plan)
        : m_plan(plan)
        , m_server(plan.workspace)
    {
    }
    int run();

private:
    void connectAll(const QList<QByteArray> &tokens);
    void followWith(const QByteArray &token);
    /// What somebody costs who is there and does nothing.
    void measureStillness();
    void measureActions();
    void measureAlone(const QByteArray &token);
    void grow(const QList<QByteArray> &tokens);
    void printEnds() const;

    const LoadPlan m_plan;
    ServedCopy m_server;
    std::unique_ptr<ActingClients> m_clients;
    std::unique_ptr<FollowingReplica> m_replica;
    QMap<QString, int> m_problems; ///< what was not carried out, by what was told
    int m_open = 0;
    Listeners m_listeners;
};

/// First those who listen only, then those who act, and one that is told and looks when.
void Bench::connectAll(const QList<QByteArray> &tokens)
{
    m_open = m_listeners.open(m_server.port(), tokens.mid(m_plan.acting + 1));
    m_open += m_clients->open(tokens.first(m_plan.acting + 1));
    // The present states, which they are told first.
    qint64 heard = -1;
    QElapsedTimer still;
    still.start();
    runFor(60'000, [&] {
        if (std::exchange(heard, m_listeners.bytes()) != m_listeners.bytes())
            still.restart();
        return still.elapsed() > 500;
    });
}

void Bench::followWith(const QByteArray &token)
{
    m_replica = std::make_unique<FollowingReplica>(m_server.port(), m_server.account(), token, m_server.folder(),
                                                   [this](qint64 seq) { m_clients->noteApplied(seq); });
    runFor(60'000, [this] { return m_replica->isCurrent(); });
    if (!m_replica->isCurrent())
        qFatal("the replica does not get there");
}

int Bench::run()
{
    const QList<QByteArray> tokens = m_server.makeTokens(m_plan.clients + 1 + ServerGrowth::tokensNeeded());
    if (!m_server.start())
        return 1;
    m_clients = std::make_unique<ActingClients>(m_server.port(), m_server.account(), m_plan.conversations);
    const auto empty = useOf(m_server.process());
    connectAll(tokens.mid(1, m_plan.clients));
    const auto before = useOf(m_server.process());
    std::printf("%d clients connected, %d acting, %d actions/s wished for %d s, %d in a frame\n", m_open, m_plan.acting,
                m_plan.load.perSecond, m_plan.load.seconds, m_plan.load.inFrame);
    std::printf("%-44s %10.1f\n", "server's memory a connection, kB",
                (before.resident - empty.resident) * 1000 / std::max(1, m_open));
    measureStillness();
    if (m_plan.workspace.isEmpty())
        followWith(tokens.constFirst());
    measureActions();
    m_replica.reset();
    if (!m_plan.workspace.isEmpty())
        measureAlone(tokens.constFirst());
    printEnds();
    if (m_plan.grows)
        grow(tokens.mid(m_plan.clients + 1));
    const bool isRunning = m_server.isRunning();
    std::printf("%-44s %10s\n", "the server is still there", isRunning ? "yes" : "NO");
    m_clients.reset();
    return isRunning ? 0 : 1;
}

void Bench::printEnds() const
{
    for (auto it = m_clients->ended().cbegin(); it != m_clients->ended().cend(); ++it)
        std::printf("%-44s %10d\n", qPrintable(str("sockets ended: ") + it.key()), it.value());
    for (auto it = m_problems.cbegin(); it != m_problems.cend(); ++it)
        std::printf("%-44s %10d\n", qPrintable(str("refused: ") + it.key()), it.value());
    std::printf("%-44s %10d\n", "listeners ended by the server", m_listeners.ended());
    QMap<QByteArray, int> refusals;
    for (const QByteArray &refusal : m_listeners.refusals())
        ++refusals[refusal];
    for (auto it = refusals.cbegin(); it != refusals.cend(); ++it)
        std::printf("%-44s %10d\n", qPrintable(str("not let in: ") + QString::fromUtf8(it.key())), it.value());
    std::fflush(stdout);
}

/// Until it breaks.
void Bench::grow(const QList<QByteArray> &tokens)
{
    ServerGrowth growth(m_server.port(), *m_clients, m_open, tokens);
    growth.growConnections();
    std::printf("%-44s %10.1f\n", "server's memory then, MB", useOf(m_server.process()).resident);
    growth.growRate();
    std::printf("%-44s %10.1f\n", "server's memory at the end, MB", useOf(m_server.process()).resident);
}

void Bench::measureStillness()
{
    // As long as it takes until each was asked whether it is there.
    constexpr int ms = 31'000;
    const double before = useOf(m_server.process()).seconds;
    runFor(ms, [] { return false; });
    const double spent = useOf(m_server.process()).seconds - before;
    std::printf("%-44s %10.2f\n", "processor time of a still connection, us/s",
                spent * 1e6 / (ms / 1000.0) / std::max(1, m_open));
}

void Bench::measureActions()
{
    const auto before = useOf(m_server.process());
    const qint64 bytesBefore = m_listeners.bytes();
    const ActingClients::Measured measured = m_clients->measure(m_plan.load);
    const auto after = useOf(m_server.process());
    m_problems = measured.problems;
    const double bytes = double(m_listeners.bytes() - bytesBefore) / std::max(1, m_open - m_plan.acting - 1);
    std::printf("%-44s %10s %10s %10s\n", "ms", "median", "99 %", "most");
    printRow("action sent to its answer (durable)", measured.answers);
    printRow("action sent to another client being told", measured.heard);
    printRow("action sent to its being applied there", measured.applied, "budget 10 and 50");
    std::printf("%-44s %10.0f\n", "actions/s answered as applied", double(measured.answers.size()) / measured.seconds);
    std::printf("%-44s %10lld\n", "actions refused", static_cast<long long>(measured.refused));
    std::printf("%-44s %10lld\n", "requests unanswered", static_cast<long long>(measured.unanswered));
    std::printf("%-44s %10lld\n", "pushes heard by each who listens", static_cast<long long>(measured.pushes));
    std::printf("%-44s %10lld\n", "of them deltas", static_cast<long long>(measured.deltas));
    std::printf("%-44s %10.0f\n", "bytes of a push on the wire", bytes / double(std::max<qint64>(1, measured.pushes)));
    std::printf("%-44s %10.0f\n", "bytes for each action applied, to each",
                bytes / double(std::max<size_t>(1, measured.answers.size())));
    std::printf("%-44s %10.2f\n", "server's processor time a second",
                (after.seconds - before.seconds) / measured.seconds);
    std::printf("%-44s %10.1f\n", "server's memory then, MB", after.resident);
    std::fflush(stdout);
}

/// One more client, while the others stay connected.
void Bench::measureAlone(const QByteArray &token)
{
    std::printf("%-44s %10s %10s %10s\n", "one more client, ms", "median", "99 %", "most");
    ServerReading reading(m_server.port(), token, m_server.account(), m_plan.conversations);
    reading.measureGets();
    reading.measureQueries();
    reading.measureCatchingUp(20'000);
    std::printf("%-44s %10.1f\n", "server's memory then, MB", useOf(m_server.process()).resident);
    bool isSet = false;
    const int seconds = qEnvironmentVariableIntValue("EARSHOT_BENCH_SLICE_SECONDS", &isSet);
    reading.measureSlices(1000LL * (isSet ? seconds : 300));
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    const QStringList words = QCoreApplication::arguments();
    const auto number = [&words](int i, int otherwise) { return words.size() > i ? words[i].toInt() : otherwise; };
    const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.path().toUtf8());
    LoadPlan plan;
    plan.clients = std::max(2, number(1, plan.clients));
    plan.acting = std::clamp(number(2, plan.acting), 1, plan.clients - 1);
    plan.load.perSecond = std::max(1, number(3, plan.load.perSecond));
    plan.load.seconds = std::max(1, number(4, plan.load.seconds));
    plan.load.inFrame = std::clamp(number(5, plan.load.inFrame), 1, 500);
    plan.workspace = qEnvironmentVariable("EARSHOT_BENCH_WORKSPACE");
    plan.conversations = plan.workspace.isEmpty() ? 1 : 10'000;
    const int failed = Bench(plan).run();
    if (plan.workspace.isEmpty() || failed != 0)
        return failed;
    plan.workspace.clear();
    plan.conversations = 1;
    plan.grows = false;
    std::printf("\nOn a workspace of one conversation, with a replica:\n");
    return Bench(plan).run();
}
