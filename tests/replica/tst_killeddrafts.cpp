// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/desktop.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include <cstdio>

using namespace Earshot;

namespace {

constexpr int conversations = 3;

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

ConversationId conversationOf(int number)
{
    return ConversationId(1 + number % conversations);
}

int numberIn(const QString &text)
{
    return text.section(u' ', 1).toInt();
}

/// A desktop without a window whose agent types without end, and says what is in its file. It is ended from outside.
class Typist final : public QObject
{
public:
    Typist(ReplicaSession &session, int first)
        : m_session(session)
        , m_next(first)
    {
    }

    void type()
    {
        const int number = m_next++;
        DraftRecord draft;
        draft.conversation = conversationOf(number);
        draft.text = str("text %1").arg(number);
        say("types", number);
        m_session.desk().saveDraft(draft);
        whenDone(m_session.desk().flushPersonal(), this, [this, number](const Done &written) {
            if (written)
                say("has", number);
            QTimer::singleShot(0, this, [this] { type(); });
        });
    }

private:
    static void say(const char *word, int number)
    {
        std::printf("%s %d\n", word, number);
        std::fflush(stdout);
    }

    ReplicaSession &m_session;
    int m_next;
};

/// @param arguments path, token, the first number
int typeUntilKilled(const QStringList &arguments)
{
    const SystemClock clock;
    ReplicaSession::Options options;
    options.path = arguments.at(0);
    options.token = Secret(arguments.at(1).toLatin1());
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    const auto session = ReplicaSession::open(options, clock);
    if (!session)
        qFatal("%s", qPrintable(session.error().detail));
    Typist typist(**session, arguments.at(2).toInt());
    QObject::connect(session->get(), &ReplicaSession::usable, &typist, &Typist::type, Qt::SingleShotConnection);
    return QCoreApplication::exec();
}

} // namespace

/// A real desktop is ended by `kill -9` in the middle of a word, with its server, without it and as that goes: what
/// reached its file is at the agent's other desk at last, or something typed later.
class KilledDraftsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatReachedTheFileFollows();

private:
    void runUntilKilled(int round);
    void hear(QProcess &process);
    [[nodiscard]] static QStringList drafts(Workspace &workspace)
    {
        return firstColumn(workspace, str("SELECT conversation || ' ' || mode || ' ' || (device <> '') || ': ' || text "
                                          "FROM draft ORDER BY conversation, mode, device <> '', text"));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<ServerWorld> m_world;
    QRandomGenerator m_random;
    QByteArray m_token;
    QString m_path;
    quint16 m_port = 0;
    int m_last = 0;
    int m_written = 0;
    QHash<ConversationId, int> m_newest; ///< that is in the file
};

void KilledDraftsTest::hear(QProcess &process)
{
    while (process.canReadLine()) {
        const QList<QByteArray> words = process.readLine().trimmed().split(' ');
        const int number = words.value(1).toInt();
        m_last = std::max(m_last, number);
        if (words.constFirst() != "has")
            continue;
        ++m_written;
        m_newest[conversationOf(number)] = number;
    }
}

void KilledDraftsTest::runUntilKilled(int round)
{
    const bool isServed = round % 3 != 1;
    if (!isServed)
        m_world->stopServer();
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(&process, &QProcess::readyReadStandardOutput, this, [this, &process] { hear(process); });
    process.start(QCoreApplication::applicationFilePath(),
                  {str("--type"), m_path, QString::fromLatin1(m_token), QString::number(m_last + 1)});
    const int wanted = m_written + int(m_random.bounded(1, 40));
    QTRY_VERIFY_WITH_TIMEOUT(m_written >= wanted, 30'000);
    const bool isGoing = round % 3 == 2;
    if (isGoing)
        m_world->stopServer();
    const int turns = int(m_random.bounded(20));
    for (int i = 0; i < turns; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    process.kill();
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    hear(process);
    if (!isServed || isGoing)
        m_world->start({}, m_port);
}

void KilledDraftsTest::whatReachedTheFileFollows()
{
    const QString named = qEnvironmentVariable("EARSHOT_SEED");
    const quint32 seed = named.isEmpty() ? QRandomGenerator::global()->generate() : named.toUInt();
    m_random.seed(seed);
    qInfo("seed %u", seed);
    ServerLimits limits;
    limits.requestsPerSecond = limits.requestBurst = 100'000;
    m_world = std::make_unique<ServerWorld>(limits);
    m_port = m_world->server().port();
    m_token = m_world->token(ServerWorld::kim);
    m_path = m_folder.filePath(str("replica.earshot"));
    const QString server = str("http://127.0.0.1:%1").arg(m_port);
    QVERIFY(ReplicaFile::create(m_path, {server, m_world->account(), ServerWorld::kim}, m_world->clock()));
    Desktop other(*m_world, ServerWorld::kim, m_port);
    other.open();
    QTRY_COMPARE(other.kind(), DeskStatus::Kind::current);
    const int rounds = std::max(9, qEnvironmentVariableIntValue("EARSHOT_KILLS"));
    for (int round = 0; round < rounds; ++round)
        runUntilKilled(round);

    ReplicaSession::Options options;
    options.path = m_path;
    options.token = Secret(m_token);
    const auto session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    const auto isThere = [&](ConversationId conversation, int least) {
        const QStringList texts = firstColumn(other.session().workspace(), str("SELECT text FROM draft WHERE "
                                                                               "conversation = %1")
                                                                               .arg(conversation.value));
        return std::any_of(texts.cbegin(), texts.cend(),
                           [least](const QString &text) { return numberIn(text) >= least; });
    };
    QCOMPARE(m_newest.size(), conversations);
    for (auto newest = m_newest.cbegin(); newest != m_newest.cend(); ++newest)
        QTRY_VERIFY2_WITH_TIMEOUT(isThere(newest.key(), newest.value()), qPrintable(str("text %1").arg(*newest)),
                                  60'000);
    QTRY_COMPARE_WITH_TIMEOUT(drafts(session->workspace()), drafts(other.session().workspace()), 60'000);
    for (const QString &text : firstColumn(session->workspace(), str("SELECT text FROM draft")))
        QVERIFY2(numberIn(text) > 0 && numberIn(text) <= m_last, qPrintable(text));
    qInfo("%d typed, %d in the file, %d times killed", m_last, m_written, rounds);
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QCoreApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == str("--type"))
        return typeUntilKilled(arguments.mid(2));
    KilledDraftsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killeddrafts.moc"
