// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/comparing.h"
#include "tests/replica/desktop.h"
#include "tests/replica/restlessdesktop.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// Real desktops are ended by `kill -9` in the middle of what they do: what was acknowledged is done exactly once.
class KilledTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasAcknowledgedIsDoneOnce();

private:
    void runUntilKilled(int round);
    void hear(QProcess &process);
    [[nodiscard]] QStringList there(const QString &sql) { return firstColumn(m_world->workspace(), sql); }

    QTemporaryDir m_folder;
    std::unique_ptr<ServerWorld> m_world;
    QRandomGenerator m_random;
    QByteArray m_token;
    QString m_path;
    quint16 m_port = 0;
    int m_last = 0;
    QSet<int> m_acknowledged;
};

void KilledTest::hear(QProcess &process)
{
    while (process.canReadLine()) {
        const QList<QByteArray> words = process.readLine().trimmed().split(' ');
        const int number = words.value(1).toInt();
        m_last = std::max(m_last, number);
        if (words.constFirst() == "has")
            m_acknowledged.insert(number);
    }
}

void KilledTest::runUntilKilled(int round)
{
    // Every third time it works without the server, and every third time it loses it. Only what has been joined as a
    // whole decides anything without.
    const auto replica = ReplicaFile::describe(m_path);
    const bool isServed = round % 3 != 1 || !replica || !replica->isComplete;
    const bool isChanged = round % 3 == 2;
    if (!isServed)
        m_world->stopServer();
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(&process, &QProcess::readyReadStandardOutput, this, [this, &process] { hear(process); });
    process.start(QCoreApplication::applicationFilePath(),
                  {str("--work"), m_path, QString::fromLatin1(m_token), QString::number(m_last + 1)});
    const qsizetype wanted = m_acknowledged.size() + m_random.bounded(1, 25);
    QTRY_VERIFY_WITH_TIMEOUT(m_acknowledged.size() >= wanted, 30'000);
    if (isChanged)
        m_world->stopServer();
    const int turns = m_random.bounded(20);
    for (int i = 0; i < turns; ++i) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        // There is something to follow.
        const Priority priority = i % 2 == 0 ? Priority::high : Priority::low;
        QVERIFY(m_world->act(Act::SetPriority{ConversationId(1 + i % 6), priority}).isApplied());
    }
    process.kill();
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    hear(process);
    if (!isServed || isChanged)
        m_world->start({}, m_port);
}

void KilledTest::whatWasAcknowledgedIsDoneOnce()
{
    const QString named = qEnvironmentVariable("EARSHOT_SEED");
    const quint32 seed = named.isEmpty() ? QRandomGenerator::global()->generate() : named.toUInt();
    m_random.seed(seed);
    qInfo("seed %u", seed);
    m_world = std::make_unique<ServerWorld>(ServerLimits(), 3);
    m_port = m_world->server().port();
    m_token = m_world->token(ServerWorld::kim);
    m_path = m_folder.filePath(str("replica.earshot"));
    const QString server = str("http://127.0.0.1:%1").arg(m_port);
    QVERIFY(ReplicaFile::create(m_path, {server, m_world->account(), ServerWorld::kim}, m_world->clock()));
    const int rounds = std::max(9, qEnvironmentVariableIntValue("EARSHOT_KILLS"));
    for (int round = 0; round < rounds; ++round)
        runUntilKilled(round);
    ReplicaSession::Options options;
    options.path = m_path;
    options.token = Secret(m_token);
    const auto session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    const auto open = [&session] {
        return firstColumn(session->workspace(), str("SELECT id FROM outbox WHERE state IN (0, 1, 2, 5)"));
    };
    QTRY_VERIFY_WITH_TIMEOUT(open().isEmpty(), 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(differences(*m_world, session->workspace(), ServerWorld::kim), QStringList(), 60'000);
    QCOMPARE(firstColumn(session->workspace(), str("SELECT id FROM outbox WHERE state = 3")), QStringList());

    QHash<QString, int> times;
    for (const QString &text : there(str("SELECT text FROM message WHERE kind <> 0")))
        ++times[text];
    for (const QString &tag : there(str("SELECT name FROM tag")))
        ++times[tag];
    for (int number = 1; number <= m_last; ++number) {
        const QString text = (number % 5 == 4 ? str("tag%1") : str("text %1")).arg(number);
        QVERIFY2(times.value(text) <= 1, qPrintable(text));
        QVERIFY2(times.value(text) == 1 || !m_acknowledged.contains(number), qPrintable(text + str(" is gone")));
    }
    QVERIFY(m_acknowledged.size() >= rounds);
    const QStringList journal = there(str("SELECT action FROM journal WHERE agent = 2"));
    QCOMPARE(QSet<QString>(journal.cbegin(), journal.cend()).size(), journal.size());
    QCOMPARE(journal.size(), times.size());
    qInfo("%d asked for, %d acknowledged, %d done, %d times killed", m_last, int(m_acknowledged.size()),
          int(times.size()), rounds);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == str("--work"))
        return workUntilKilled(arguments.mid(2));
    KilledTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killed.moc"
