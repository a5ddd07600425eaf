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

#include "desk/intake.h"
#include "desk/localdesk.h"
#include "server/credentials.h"
#include "tests/bench/actingclients.h"
#include "tests/bench/figures.h"
#include "tests/bench/followingreplica.h"
#include "tests/bench/listeners.h"
#include "tests/bench/servergrowth.h"
#include "tests/bench/serverreading.h"
#include "workspace/accountstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <sys/resource.h>
#include <unistd.h>
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

/// A workspace with one conversation.
void makeWorkspace(const QString &path)
{
    SystemClock clock;
    if (!Workspace::create(path, str("Ana"), clock))
        qFatal("no workspace");
    const auto workspace = std::move(Workspace::open(path, Workspace::Access::owner, clock).value());
    LocalDesk desk(*workspace, AgentId(1));
    Act::AddChannel channel;
    channel.network = Network::mastodon;
    channel.address = str("@acme@social.example");
    const ChannelId id(desk.perform({makeAction(channel, clock.now())}).result().constFirst().created);
    RemoteMessage message;
    message.uri = message.threadUri = str("https://social.example/1");
    message.author.id = str("1");
    message.sentAt = clock.now();
    message.text = str("Help!");
    Page page;
    page.messages = {message};
    static_cast<void>(Intake(*workspace).storePage(id, page).result());
}

/// On the disk when it returns: nobody's commit is to wait for these gigabytes.
bool copyWorkspace(const QString &from, const QString &to)
{
    QFile copy(to);
    return QFile::copy(from, to) && copy.open(QIODevice::ReadWrite) && ::fsync(copy.handle()) == 0;
}

/// A token for each client, all of the first agent.
QList<QByteArray> makeTokens(const QString &path, int clients, QString &account)
{
    SystemClock clock;
    auto opened = Workspace::open(path, Workspace::Access::owner, clock);
    if (!opened)
        qFatal("the workspace cannot be opened: %s", qPrintable(opened.error().detail));
    const auto workspace = std::move(*opened);
    QList<QByteArray> tokens;
    QList<TokenRecord> records;
    for (int i = 0; i < clients; ++i) {
        const NewToken token = makeToken();
        tokens.append(token.text.reveal());
        records.append({token.parts.id,
                        AgentId(1),
                        newUuid(clock.now()).toString(QUuid::WithoutBraces),
                        str("bench"),
                        token.parts.hash,
                        {},
                        {},
                        {},
                        false});
    }
    account = workspace
                  ->write<QString>(Urgency::interactive,
                                   [records](Writing &writing) -> Result<QString> {
                                       for (const TokenRecord &record : records)
                                           storeToken(writing, record);
                                       return writing.meta(str("workspace"));
                                   })
                  .result()
                  .value();
    return tokens;
}

/// User and system time of a process in s, and its resident memory in MB.
std::pair<double, double> usageOf(qint64 process)
{
    QFile stat(str("/proc/%1/stat").arg(process));
    QFile memory(str("/proc/%1/statm").arg(process));
    if (!stat.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> fields = stat.readAll().split(' ');
    const double ticks = fields.value(13).toDouble() + fields.value(14).toDouble();
    return {ticks / double(::sysconf(_SC_CLK_TCK)),
            memory.readAll().split(' ').value(1).toDouble() * double(::sysconf(_SC_PAGESIZE)) / 1e6};
}

class Bench
{
public:
    explicit Bench(const LoadPlan &plan)
        : m_plan(plan)
        , m_folder(plan.workspace.isEmpty() ? QDir::tempPath() + str("/bench-XXXXXX")
                                            : QFileInfo(plan.workspace).absolutePath() + str("/bench-XXXXXX"))
    {
    }
    int run();

private:
    bool start();
    void connectAll(const QList<QByteArray> &tokens);
    void followWith(const QByteArray &token);
    /// What somebody costs who is there and does nothing.
    void measureStillness();
    void measureActions();
    void measureAlone(const QByteArray &token);
    void grow(const QList<QByteArray> &tokens);
    void printEnds() const;

    const LoadPlan m_plan;
    QTemporaryDir m_folder; ///< beside the workspace that is copied: there is room
    QProcess m_server;
    QString m_account;
    quint16 m_port = 0;
    std::unique_ptr<ActingClients> m_clients;
    std::unique_ptr<FollowingReplica> m_replica;
    QMap<QString, int> m_problems; ///< what was not carried out, by what was told
    int m_open = 0;
    Listeners m_listeners;
};

bool Bench::start()
{
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(QCoreApplication::applicationDirPath() + str("/../app/server/earshotd"),
                   {m_folder.filePath(str("d.earshot")), str("--no-courier"), str("--key-file"),
                    m_folder.filePath(str("key")), str("--listen"), str("127.0.0.1:0")});
    QByteArray told;
    runFor(20'000, [&] { return (told += m_server.readAllStandardOutput()).contains('\n'); });
    m_port = quint16(told.trimmed().split(' ').constLast().toUInt());
    return m_port != 0;
}

/// First those who listen only, then those who act, and one that is told and looks when.
void Bench::connectAll(const QList<QByteArray> &tokens)
{
    m_open = m_listeners.open(m_port, tokens.mid(m_plan.acting + 1));
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
    m_replica = std::make_unique<FollowingReplica>(m_port, m_account, token, m_folder.path(),
                                                   [this](qint64 seq) { m_clients->noteApplied(seq); });
    runFor(60'000, [this] { return m_replica->isCurrent(); });
    if (!m_replica->isCurrent())
        qFatal("the replica does not get there");
}

int Bench::run()
{
    const QString path = m_folder.filePath(str("d.earshot"));
    if (m_plan.workspace.isEmpty())
        makeWorkspace(path);
    else if (!copyWorkspace(m_plan.workspace, path))
        qFatal("%s cannot be copied", qPrintable(m_plan.workspace));
    const QList<QByteArray> tokens = makeTokens(path, m_plan.clients + 1 + ServerGrowth::tokensNeeded(), m_account);
    if (!start())
        return 1;
    m_clients = std::make_unique<ActingClients>(m_port, m_account, m_plan.conversations);
    const auto empty = usageOf(m_server.processId());
    connectAll(tokens.mid(1, m_plan.clients));
    const auto before = usageOf(m_server.processId());
    std::printf("%d clients connected, %d acting, %d actions/s wished for %d s, %d in a frame\n", m_open, m_plan.acting,
                m_plan.load.perSecond, m_plan.load.seconds, m_plan.load.inFrame);
    std::printf("%-44s %10.1f\n", "server's memory a connection, kB",
                (before.second - empty.second) * 1000 / std::max(1, m_open));
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
    const bool isRunning = m_server.state() == QProcess::Running;
    std::printf("%-44s %10s\n", "the server is still there", isRunning ? "yes" : "NO");
    m_clients.reset();
    m_server.kill();
    m_server.waitForFinished(5000);
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
    ServerGrowth growth(m_port, *m_clients, m_open, tokens);
    growth.growConnections();
    std::printf("%-44s %10.1f\n", "server's memory then, MB", usageOf(m_server.processId()).second);
    growth.growRate();
    std::printf("%-44s %10.1f\n", "server's memory at the end, MB", usageOf(m_server.processId()).second);
}

void Bench::measureStillness()
{
    // As long as it takes until each was asked whether it is there.
    constexpr int ms = 31'000;
    const double before = usageOf(m_server.processId()).first;
    runFor(ms, [] { return false; });
    const double spent = usageOf(m_server.processId()).first - before;
    std::printf("%-44s %10.2f\n", "processor time of a still connection, us/s",
                spent * 1e6 / (ms / 1000.0) / std::max(1, m_open));
}

void Bench::measureActions()
{
    const auto before = usageOf(m_server.processId());
    const qint64 bytesBefore = m_listeners.bytes();
    const ActingClients::Measured measured = m_clients->measure(m_plan.load);
    const auto after = usageOf(m_server.processId());
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
    std::printf("%-44s %10.2f\n", "server's processor time a second", (after.first - before.first) / measured.seconds);
    std::printf("%-44s %10.1f\n", "server's memory then, MB", after.second);
    std::fflush(stdout);
}

/// One more client, while the others stay connected.
void Bench::measureAlone(const QByteArray &token)
{
    std::printf("%-44s %10s %10s %10s\n", "one more client, ms", "median", "99 %", "most");
    ServerReading reading(m_port, token, m_account, m_plan.conversations);
    reading.measureGets();
    reading.measureQueries();
    reading.measureCatchingUp(20'000);
    std::printf("%-44s %10.1f\n", "server's memory then, MB", usageOf(m_server.processId()).second);
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
