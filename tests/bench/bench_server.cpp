// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_server [CLIENTS [ACTING [ACTIONS-PER-SECOND [SECONDS [ACTIONS-IN-A-FRAME]]]]]: earshotd in a process of its own
// on a small workspace, or on a copy of the one named by EARSHOT_BENCH_WORKSPACE, clients on WebSockets here. Those who
// act add notes in turn; all others listen, by deltas. With a workspace of its own one more client then reads,
// searches, catches up and fetches slices (made for at most EARSHOT_BENCH_SLICE_SECONDS, 300). Prints tables; asserts
// nothing.

#include "desk/intake.h"
#include "desk/localdesk.h"
#include "server/credentials.h"
#include "tests/bench/listeners.h"
#include "tests/bench/serverreading.h"
#include "workspace/accountstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <algorithm>
#include <cstdio>
#include <functional>
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
    int clients = 200;
    int acting = 50;
    int perSecond = 500;
    int seconds = 5;
    int inFrame = 1;
    QString workspace;     ///< empty = a small one is made
    int conversations = 1; ///< their ids are 1 ... this
};

void printRow(const char *name, std::vector<double> times)
{
    if (times.empty())
        return;
    std::sort(times.begin(), times.end());
    const auto at = [&times](double share) {
        return times[std::min(size_t(double(times.size()) * share), times.size() - 1)];
    };
    std::printf("%-44s %10.3f %10.3f %10.3f\n", name, at(0.5), at(0.99), times.back());
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
    void act();
    void connectOne(const QByteArray &token, bool isListening);
    void onText(const QString &text);
    void onPush(const QString &text, double now);
    void measureActions();
    void wait(int ms, const std::function<bool()> &isDone);

    void measureAlone(const QByteArray &token);

    const LoadPlan m_plan;
    QTemporaryDir m_folder; ///< beside the workspace that is copied: there is room
    QProcess m_server;
    QString m_account;
    quint16 m_port = 0;
    std::vector<std::unique_ptr<QWebSocket>> m_clients;
    QElapsedTimer m_clock;
    QHash<QString, double> m_sent;     ///< by action id, ms
    QHash<qint64, double> m_sentOfSeq; ///< by the change number that it got
    std::vector<double> m_answers;
    std::vector<double> m_heard;
    QMap<QString, int> m_ended;    ///< sockets, by why
    QMap<QString, int> m_problems; ///< what was not carried out, by what was told
    int m_open = 0;
    int m_next = 0;
    qint64 m_pushes = 0;
    qint64 m_deltas = 0;
    qint64 m_refused = 0;
    Listeners m_listeners;
    std::vector<std::pair<qint64, double>> m_heardSeqs; ///< of the one that looks, and when
};

void Bench::wait(int ms, const std::function<bool()> &isDone)
{
    QElapsedTimer timer;
    timer.start();
    QEventLoop loop;
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        if (timer.elapsed() > ms || isDone())
            loop.quit();
    });
    tick.start(2);
    loop.exec();
}

bool Bench::start()
{
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(QCoreApplication::applicationDirPath() + str("/../app/server/earshotd"),
                   {m_folder.filePath(str("d.earshot")), str("--no-courier"), str("--key-file"),
                    m_folder.filePath(str("key")), str("--listen"), str("127.0.0.1:0")});
    QByteArray told;
    wait(20'000, [&] { return (told += m_server.readAllStandardOutput()).contains('\n'); });
    m_port = quint16(told.trimmed().split(' ').constLast().toUInt());
    return m_port != 0;
}

/// First those who listen only, then those who act, and one that is told and looks when.
void Bench::connectAll(const QList<QByteArray> &tokens)
{
    m_open = m_listeners.open(m_port, tokens.mid(m_plan.acting + 1));
    const int listening = m_open;
    for (int i = 0; i <= m_plan.acting; ++i) {
        m_clients.push_back(std::make_unique<QWebSocket>());
        connectOne(tokens[i], i == m_plan.acting);
        if (i % 50 == 49)
            wait(10'000, [&] { return m_open > listening + i; });
    }
    wait(20'000, [&] { return m_open > listening + m_plan.acting && m_pushes > 0; });
    // The present states, which they are told first.
    qint64 heard = -1;
    QElapsedTimer still;
    still.start();
    wait(60'000, [&] {
        if (std::exchange(heard, m_listeners.bytes()) != m_listeners.bytes())
            still.restart();
        return still.elapsed() > 500;
    });
}

void Bench::connectOne(const QByteArray &token, bool isListening)
{
    QWebSocket &socket = *m_clients.back();
    QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket, [this](const QString &text) { onText(text); });
    QObject::connect(&socket, &QWebSocket::disconnected, &socket, [this, &socket] {
        ++m_ended[socket.closeCode() == QWebSocketProtocol::CloseCodeAbnormalDisconnection
                      ? socket.errorString()
                      : str("closed with %1").arg(int(socket.closeCode()))];
    });
    QObject::connect(&socket, &QWebSocket::connected, &socket, [this, &socket, isListening] {
        ++m_open;
        if (isListening)
            socket.sendTextMessage(str(R"({"@type":"WebSocketPushEnable","deltas":true})"));
    });
    QNetworkRequest request(QUrl(str("ws://127.0.0.1:%1/jmap/ws").arg(m_port)));
    request.setRawHeader("Authorization", "Bearer " + token);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({str("jmap")});
    socket.open(request, options);
}

/// One frame.
void Bench::act()
{
    const QString id = newUuid(SystemClock().now()).toString(QUuid::WithoutBraces);
    QJsonArray actions;
    for (int i = 0; i < m_plan.inFrame; ++i)
        actions.append(QJsonObject{
            {str("id"), newUuid(SystemClock().now()).toString(QUuid::WithoutBraces)},
            {str("kind"), str("addNote")},
            {str("arguments"), QJsonObject{{str("conversation"),
                                            QString::number(1 + (m_next * m_plan.inFrame + i) % m_plan.conversations)},
                                           {str("text"), str("a note")}}}});
    QJsonArray calls;
    calls.append(QJsonArray{str("Action/perform"),
                            QJsonObject{{str("accountId"), m_account}, {str("actions"), actions}}, str("a")});
    const QJsonObject request{{str("@type"), str("Request")},
                              {str("id"), id},
                              {str("using"), QJsonArray{str("urn:earshot:params:jmap:desk")}},
                              {str("methodCalls"), calls}};
    m_sent.insert(id, double(m_clock.nsecsElapsed()) / 1e6);
    m_clients[size_t(m_next++ % m_plan.acting)]->sendTextMessage(
        QString::fromUtf8(QJsonDocument(request).toJson(QJsonDocument::Compact)));
}

/// How far the one that looks has been told.
void Bench::onPush(const QString &text, double now)
{
    ++m_pushes;
    const bool isDelta = text.startsWith(u"{\"@type\":\"Delta\"");
    m_deltas += isDelta ? 1 : 0;
    const QString key = isDelta ? str("\"to\":\"") : str("\"pushState\":\"");
    const qsizetype at = text.indexOf(key) + key.size();
    m_heardSeqs.emplace_back(text.mid(at, text.indexOf(u'"', at) - at).section(u'-', -1).toLongLong(), now);
}

void Bench::onText(const QString &text)
{
    const double now = double(m_clock.nsecsElapsed()) / 1e6;
    if (!text.contains(u"\"requestId\"")) {
        onPush(text, now);
        return;
    }
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    const double sent = m_sent.take(object.value(str("requestId")).toString());
    if (object.value(str("@type")).toString() == str("RequestError"))
        ++m_problems[str("%1 %2").arg(object.value(str("status")).toInt()).arg(object.value(str("limit")).toString())];
    const QJsonArray outcomes = object.value(str("methodResponses"))[0][1][str("outcomes")].toArray();
    m_refused += outcomes.isEmpty() ? m_plan.inFrame : 0;
    if (const QJsonValue type = object.value(str("methodResponses"))[0][1][str("type")]; type.isString())
        ++m_problems[str("method: ") + type.toString()];
    for (const QJsonValue &outcome : outcomes) {
        if (outcome[str("outcome")] != str("applied")) {
            ++m_refused;
            ++m_problems[str("action: ") + outcome[str("refusal")][str("kind")].toString()];
            continue;
        }
        m_answers.push_back(now - sent);
        m_sentOfSeq.insert(outcome[str("seq")].toInteger(), sent);
    }
}

int Bench::run()
{
    const QString path = m_folder.filePath(str("d.earshot"));
    if (m_plan.workspace.isEmpty())
        makeWorkspace(path);
    else if (!copyWorkspace(m_plan.workspace, path))
        qFatal("%s cannot be copied", qPrintable(m_plan.workspace));
    const QList<QByteArray> tokens = makeTokens(path, m_plan.clients + 1, m_account);
    if (!start())
        return 1;
    m_clock.start();
    const auto empty = usageOf(m_server.processId());
    connectAll(tokens.mid(1));
    const auto before = usageOf(m_server.processId());
    std::printf("%d clients connected, %d acting, %d actions/s wished for %d s, %d in a frame\n", m_open, m_plan.acting,
                m_plan.perSecond, m_plan.seconds, m_plan.inFrame);
    std::printf("%-44s %10.1f\n", "server's memory a connection, kB",
                (before.second - empty.second) * 1000 / std::max(1, m_open));
    measureActions();
    if (!m_plan.workspace.isEmpty())
        measureAlone(tokens.constFirst());
    std::printf("%-44s %10.1f\n", "server's memory at the end, MB", usageOf(m_server.processId()).second);
    for (auto it = m_ended.cbegin(); it != m_ended.cend(); ++it)
        std::printf("%-44s %10d\n", qPrintable(str("sockets ended: ") + it.key()), it.value());
    for (auto it = m_problems.cbegin(); it != m_problems.cend(); ++it)
        std::printf("%-44s %10d\n", qPrintable(str("refused: ") + it.key()), it.value());
    std::printf("%-44s %10d\n", "listeners ended by the server", m_listeners.ended());
    QMap<QByteArray, int> refusals;
    for (const QByteArray &refusal : m_listeners.refusals())
        ++refusals[refusal];
    for (auto it = refusals.cbegin(); it != refusals.cend(); ++it)
        std::printf("%-44s %10d\n", qPrintable(str("not let in: ") + QString::fromUtf8(it.key())), it.value());
    const bool isRunning = m_server.state() == QProcess::Running;
    std::printf("%-44s %10s\n", "the server is still there", isRunning ? "yes" : "NO");
    for (const auto &client : m_clients)
        QObject::disconnect(client.get(), nullptr, client.get(), nullptr);
    m_clients.clear();
    m_server.kill();
    m_server.waitForFinished(5000);
    return isRunning ? 0 : 1;
}

void Bench::measureActions()
{
    const auto before = usageOf(m_server.processId());
    const qint64 pushesBefore = m_pushes;
    const qint64 bytesBefore = m_listeners.bytes();
    const double begun = double(m_clock.nsecsElapsed()) / 1e6;
    int made = 0;
    const int all = m_plan.perSecond * m_plan.seconds / m_plan.inFrame;
    wait(m_plan.seconds * 3000, [&] {
        const double passed = double(m_clock.nsecsElapsed()) / 1e6 - begun;
        while (made < all && made < passed * m_plan.perSecond / 1000 / m_plan.inFrame) {
            act();
            ++made;
        }
        return made == all && m_sent.isEmpty();
    });
    const double took = (double(m_clock.nsecsElapsed()) / 1e6 - begun) / 1000;
    wait(2000, [&] { return false; });
    const auto after = usageOf(m_server.processId());
    for (auto it = m_sentOfSeq.cbegin(); it != m_sentOfSeq.cend(); ++it) {
        const auto heard = std::lower_bound(m_heardSeqs.cbegin(), m_heardSeqs.cend(), it.key(),
                                            [](const auto &place, qint64 seq) { return place.first < seq; });
        if (heard != m_heardSeqs.cend())
            m_heard.push_back(heard->second - it.value());
    }
    const qint64 pushes = m_pushes - pushesBefore;
    const double bytes = double(m_listeners.bytes() - bytesBefore) / std::max(1, m_open - m_plan.acting - 1);
    std::printf("%-44s %10s %10s %10s\n", "ms", "median", "99 %", "most");
    printRow("action sent to its answer (durable)", m_answers);
    printRow("action sent to another client being told", m_heard);
    std::printf("%-44s %10.0f\n", "actions/s answered as applied", double(m_answers.size()) / took);
    std::printf("%-44s %10lld\n", "actions refused", static_cast<long long>(m_refused));
    std::printf("%-44s %10lld\n", "requests unanswered", static_cast<long long>(m_sent.size()));
    std::printf("%-44s %10lld\n", "pushes heard by each who listens", static_cast<long long>(pushes));
    std::printf("%-44s %10lld\n", "of them deltas", static_cast<long long>(m_deltas));
    std::printf("%-44s %10.0f\n", "bytes of a push on the wire", bytes / double(std::max<qint64>(1, pushes)));
    std::printf("%-44s %10.0f\n", "bytes for each action applied, to each",
                bytes / double(std::max<size_t>(1, m_answers.size())));
    std::printf("%-44s %10.2f\n", "server's processor time a second", (after.first - before.first) / took);
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
    plan.perSecond = std::max(1, number(3, plan.perSecond));
    plan.seconds = std::max(1, number(4, plan.seconds));
    plan.inFrame = std::clamp(number(5, plan.inFrame), 1, 500);
    plan.workspace = qEnvironmentVariable("EARSHOT_BENCH_WORKSPACE");
    plan.conversations = plan.workspace.isEmpty() ? 1 : 10'000;
    return Bench(plan).run();
}
