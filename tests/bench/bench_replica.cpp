// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_replica: a shared workspace as a desktop has it: a copy of the workspace named by EARSHOT_BENCH_WORKSPACE is
// served by earshotd in a process of its own. One desktop, with the real window in a process of its own too, joins it
// and then shows what others change; its replica then catches up, works, and is told of actions with few and with many
// others connected. Bytes are counted by a proxy between the two. Prints tables; asserts nothing. Smaller runs:
// EARSHOT_BENCH_CHANGES (20000: of a day), EARSHOT_BENCH_AGENTS (1000), EARSHOT_BENCH_DAY (200 conversations),
// EARSHOT_BENCH_IDLE_SECONDS (60), EARSHOT_BENCH_SLICE_SECONDS (300: so long the slices are waited for at most).
// At the end ten act as fast as they may, many actions in a frame, while others listen, a hundred in all; bench_server
// does so with a thousand.

#include "tests/bench/diskfloor.h"
#include "tests/bench/figures.h"
#include "tests/bench/followingreplica.h"
#include "tests/bench/listeners.h"
#include "tests/bench/processuse.h"
#include "tests/bench/replicatraffic.h"
#include "tests/bench/replicawindow.h"
#include "tests/server/wireclient.h"
#include "workspace/queries.h"
#include "workspace/readerpool.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

#include <cstdio>
#include <sys/resource.h>

using namespace Earshot;

namespace {

constexpr int patience = 3'600'000;
constexpr qsizetype rowsOnScreen = 30;

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

int wished(const char *name, int otherwise)
{
    bool isSet = false;
    const int value = qEnvironmentVariableIntValue(name, &isSet);
    return isSet ? value : otherwise;
}

/// The desktop's process: what it says goes on, but for its answers.
class DesktopProcess
{
public:
    DesktopProcess(const QString &replica, const QByteArray &token)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), {str("--window"), replica, QString::fromUtf8(token)});
    }
    ~DesktopProcess()
    {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(30'000))
            m_process.kill();
        m_process.waitForFinished(5000);
    }
    void say(const QByteArray &command)
    {
        m_process.write(command + '\n');
        m_process.waitForBytesWritten(1000);
    }
    /// @return what it answers, or empty when it has ended
    QByteArray await(const QByteArray &answer)
    {
        QByteArray told;
        runFor(patience, [&] {
            while (told.isEmpty() && m_process.canReadLine()) {
                const QByteArray line = m_process.readLine();
                if (line.startsWith('@') && line.mid(1).startsWith(answer))
                    told = line.trimmed();
                else
                    std::printf("%s", line.constData());
            }
            std::fflush(stdout);
            return !told.isEmpty() || (m_process.state() == QProcess::NotRunning && !m_process.canReadLine());
        });
        return told;
    }

private:
    QProcess m_process;
};

/// What lies in the inbox, so that the list moves when something is done to it.
QList<qint64> inbox(const QString &path, int most)
{
    const auto opened = openReader(path);
    if (!opened)
        qFatal("the workspace cannot be read");
    ListQuery query;
    query.view = View::open;
    query.limit = most;
    query.now = SystemClock().now();
    QList<qint64> ids;
    const auto entries = listConversations(**opened, query);
    for (const ListEntry &entry : entries.value_or(QList<ListEntry>()))
        ids.append(entry.id.value);
    return ids;
}

/// Others take, tag, note, resolve and reopen what lies in the inbox, all but what somebody has under the cursor.
ActingClients::Make shakeList(QList<qint64> ids, qint64 spared)
{
    ids.removeAll(spared);
    return [ids](int n) {
        const QString id = QString::number(ids.at(n % ids.size()));
        const int round = int(n / ids.size());
        QJsonObject arguments{{str("conversation"), id}};
        const char *kind = "addNote";
        if (round % 5 == 0)
            kind = "claim";
        else if (round % 5 == 1)
            kind = "addTag";
        else if (round % 5 == 3 || round % 5 == 4)
            kind = "setStatus";
        if (round % 5 == 1)
            arguments.insert(str("tag"), str("round%1").arg(round % 50));
        if (round % 5 == 2)
            arguments.insert(str("text"), str("a note"));
        if (round % 5 == 3) {
            arguments.insert(str("status"), str("resolved"));
            arguments.insert(str("reason"), str("noAnswerNeeded"));
        }
        if (round % 5 == 4)
            arguments.insert(str("status"), str("open"));
        return QJsonObject{{str("kind"), str(kind)}, {str("arguments"), arguments}};
    };
}

/// Notes in what others have on their screens.
ActingClients::Make noteIn(const QList<qint64> &ids)
{
    return [ids](int n) {
        return QJsonObject{
            {str("kind"), str("addNote")},
            {str("arguments"), QJsonObject{{str("conversation"), QString::number(ids.at(n % ids.size()))},
                                           {str("text"), str("a note")}}}};
    };
}

class Bench
{
public:
    explicit Bench(const QString &workspace)
        : m_server(workspace)
    {
    }
    int run();

private:
    void makeSlices();
    void join();
    void measureTraffic();
    void measureSeeing(int agents);
    static void printSeen(const QString &how, const ActingClients::Measured &measured, bool isMany);
    void measureRate(int agents);

    ServedCopy m_server;
    QList<qint64> m_inbox;
    QList<QByteArray> m_tokens;
    QByteArray m_own; ///< the desktop's token
    std::unique_ptr<CountingProxy> m_proxy;
    std::unique_ptr<ActingClients> m_others;
    const int m_changes = std::max(1, wished("EARSHOT_BENCH_CHANGES", 20'000));
    const int m_agents = std::max(2, wished("EARSHOT_BENCH_AGENTS", 1000));
};

int Bench::run()
{
    constexpr int acting = 10;
    m_inbox = inbox(m_server.path(), 400);
    m_tokens = m_server.makeTokens(m_agents + acting + 2);
    m_own = m_tokens.takeFirst();
    if (!m_server.start())
        return 1;
    m_proxy = std::make_unique<CountingProxy>(m_server.port());
    m_others = std::make_unique<ActingClients>(m_server.port(), m_server.account(), 10'000);
    makeSlices();
    m_others->open(m_tokens.mid(m_agents, acting + 1));
    join();
    measureTraffic();
    m_others.reset();
    printDiskFloor(m_server.folder());
    printHeading(str("action sent to its being in another's replica (milliseconds)"));
    measureSeeing(1);
    measureSeeing(m_agents);
    measureRate(std::min(100, m_agents));
    std::printf("%-48s %s\n", "the server is still there", m_server.isRunning() ? "yes" : "NO");
    return m_server.isRunning() ? 0 : 1;
}

/// Once for all who join.
void Bench::makeSlices()
{
    printHeading(str("first synchronisation"));
    WireClient client(m_server.port(), m_own, m_server.account());
    QElapsedTimer timer;
    timer.start();
    QJsonObject listing;
    const qint64 longest = 1000LL * wished("EARSHOT_BENCH_SLICE_SECONDS", 300);
    while (!listing.value(str("isComplete")).toBool() && timer.elapsed() < longest) {
        listing = client.get("/jmap/slices").json();
        runFor(200, [] { return false; });
    }
    qint64 size = 0;
    const QJsonArray slices = listing.value(str("slices")).toArray();
    for (const QJsonValue &slice : slices)
        size += slice[str("size")].toInteger();
    printFigure(str("the server made its slices before, s"),
                str("%1: %2 slices, %3 MB%4")
                    .arg(double(timer.elapsed()) / 1000, 0, 'f', 1)
                    .arg(slices.size())
                    .arg(double(size) / 1e6, 0, 'f', 1)
                    .arg(listing.value(str("isComplete")).toBool() ? QString() : str(", not all yet")));
}

/// A desktop joins; then others change what it shows.
void Bench::join()
{
    const QString replica = FollowingReplica::makeFile(m_proxy->serverPort(), m_server.account(), m_server.folder());
    DesktopProcess desktop(replica, m_own);
    if (desktop.await("ready").isEmpty())
        return;
    const CountingProxy::Bytes bytes = m_proxy->take();
    printFigure(str("traffic of that, MB"), str("%1 to the server, %2 from it")
                                                .arg(double(bytes.sent) / 1e6, 0, 'f', 2)
                                                .arg(double(bytes.received) / 1e6, 0, 'f', 1));
    printFigure(str("replica's file, MB"), str("%1").arg(double(QFileInfo(replica).size()) / 1e6, 0, 'f', 1));
    printHeading(str("the desktop while %L1 changes arrive, 500 actions/s").arg(m_changes));
    desktop.say("watch");
    const QByteArray watching = desktop.await("watching");
    m_others->setActions(shakeList(m_inbox, watching.split(' ').constLast().toLongLong()));
    const qint64 last = m_others->change(m_changes, {500, 5, 1});
    desktop.say("until " + QByteArray::number(last));
    static_cast<void>(desktop.await("end"));
    m_others->setActions({});
}

void Bench::measureTraffic()
{
    ReplicaTraffic traffic(m_server, *m_proxy, *m_others, m_own, m_server.folder());
    printHeading(str("catching up"));
    traffic.measureCatchingUp(str("after a day: %L1 changes").arg(m_changes), m_changes, 1);
    traffic.measureCatchingUp(str("after a week: %L1 changes").arg(7 * m_changes), 7 * m_changes, 0);
    printHeading(str("traffic of a desktop that is there"));
    traffic.measureIdleness(std::max(5, wished("EARSHOT_BENCH_IDLE_SECONDS", 60)));
    traffic.measureDay(wished("EARSHOT_BENCH_DAY", 200), m_changes);
}

void Bench::printSeen(const QString &how, const ActingClients::Measured &measured, bool isMany)
{
    Figures answered;
    for (const double time : measured.answers)
        answered.add(time);
    Figures applied;
    for (const double time : measured.applied)
        applied.add(time);
    printFigures(how + str(": answered (durable)"), answered, 0);
    printFigures(how + str(": in the replica"), applied, isMany ? 50 : 5);
    printFigure(str("  budget: median and 99 %"), isMany ? str("10 and 50") : str("1 and 5"));
}

/// One acts and one has it on the screen, as an agent's desktop does; the others listen.
void Bench::measureSeeing(int agents)
{
    Listeners listeners;
    const int listening = agents > 2 ? listeners.open(m_server.port(), m_tokens.mid(2, agents - 2)) : 0;
    ActingClients acting(m_server.port(), m_server.account(), 10'000);
    static_cast<void>(acting.open(m_tokens.first(2)));
    FollowingReplica replica(m_server.port(), m_server.account(), m_own, m_server.folder(),
                             [&acting](qint64 seq) { acting.noteApplied(seq); });
    runFor(60'000, [&] { return replica.isCurrent(); });
    const QList<qint64> seen = m_inbox.first(std::min<qsizetype>(rowsOnScreen, m_inbox.size()));
    ShownConversations shown;
    for (const qint64 id : seen)
        shown.listed.append(ConversationId(id));
    const QObject window;
    replica.desk().show(&window, shown);
    acting.setActions(noteIn(seen));
    runFor(2000, [] { return false; });
    const bool isMany = agents > 2;
    const QString connected = str("%1 connected, ").arg(isMany ? listening + 2 : 1);
    static_cast<void>(acting.measureTurns(20));
    printSeen(connected + str("one after another"), acting.measureTurns(1000), isMany);
    printSeen(connected + str("20 a second"), acting.measure({20, 20, 1}), isMany);
}

/// More than it can take is asked of the server.
void Bench::measureRate(int agents)
{
    const int acting = std::min(10, agents - 1);
    Listeners listeners;
    const int listening = listeners.open(m_server.port(), m_tokens.mid(acting + 1, agents - acting - 1));
    ActingClients clients(m_server.port(), m_server.account(), 10'000);
    const int open = clients.open(m_tokens.first(acting + 1));
    runFor(2000, [] { return false; });
    const ActingClients::Measured measured = clients.measure({10'000, 5, 50});
    printHeading(str("as many actions as it takes, 50 in a frame (milliseconds)"));
    Figures heard;
    for (const double time : measured.heard)
        heard.add(time);
    printFigures(str("%1 connected: told to another").arg(open + listening), heard, 0);
    printFigure(str("  applied, durable and told, actions/s"),
                str("%L1 (budget 5,000)").arg(double(measured.answers.size()) / measured.seconds, 0, 'f', 0));
    printFigure(str("  refused, and frames unanswered"),
                str("%1 and %2").arg(measured.refused).arg(measured.unanswered));
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && QByteArray(argv[1]) == "--window")
        return showReplicaWindow(argc, argv);
    const QCoreApplication application(argc, argv);
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    const QString file = QCoreApplication::arguments().value(1, qEnvironmentVariable("EARSHOT_BENCH_WORKSPACE"));
    if (!QFileInfo::exists(file)) {
        std::fprintf(stderr, "no workspace: name one, or set EARSHOT_BENCH_WORKSPACE\n");
        return 1;
    }
    // A home of its own: nothing of the user's is read or changed.
    const QTemporaryDir home;
    for (const char *name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        qputenv(name, home.path().toUtf8());
    return Bench(file).run();
}
