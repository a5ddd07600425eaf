// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxentry.h"
#include "replica/replicasession.h"
#include "tests/server/serverworld.h"
#include "ui/composer/composer.h"
#include "workspace/queries.h"

#include <QAbstractButton>
#include <QApplication>
#include <QPlainTextEdit>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include <cstdio>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr ConversationId one{1};

void say(const char *word, int number)
{
    std::printf("%s %d\n", word, number);
    std::fflush(stdout);
}

/// Writes, waits until the draft is kept, sends, and begins anew, until it is ended from outside.
class Writer final : public QObject
{
public:
    Writer(ReplicaSession &session, int first)
        : m_desk(session.desk())
        , m_composer(m_desk)
        , m_next(first)
    {
        ComposerSubject subject;
        subject.conversation.id = one;
        m_composer.setSubject(subject);
        QObject::connect(&m_composer, &Composer::performed, this, [this] {
            say("has", m_next++);
            QTimer::singleShot(0, this, [this] { write(); });
        });
    }

    void write()
    {
        m_composer.open(DraftRecord::Mode::note);
        m_composer.findChild<QPlainTextEdit *>(str("composerText"))->setPlainText(str("text %1").arg(m_next));
        whenDone(m_desk.flushPersonal(), this, [this](const Done &) {
            say("kept", m_next);
            m_composer.findChild<QAbstractButton *>(str("composerSend"))->click();
        });
    }

private:
    Desk &m_desk;
    Composer m_composer;
    int m_next;
};

/// @param arguments path, token, first number
int work(const QStringList &arguments)
{
    const SystemClock clock;
    ReplicaSession::Options options;
    options.path = arguments.at(0);
    options.token = Secret(arguments.at(1).toLatin1());
    options.patience = std::chrono::milliseconds(30);
    auto session = ReplicaSession::open(options, clock);
    if (!session)
        qFatal("%s", qPrintable(session.error().detail));
    Writer writer(**session, arguments.at(2).toInt());
    writer.write();
    return QApplication::exec();
}

} // namespace

/// A desktop is ended by `kill -9` between the letters and the outbox: what was written is in one place, not in two.
class KilledComposerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSentIsNoDraft();

private:
    void runUntilKilled();
    void read(QStringList &drafts, QStringList &sent);

    QTemporaryDir m_folder;
    QRandomGenerator m_random;
    QByteArray m_token;
    QString m_path;
    int m_kept = 0;
    int m_has = 0;
};

void KilledComposerTest::read(QStringList &drafts, QStringList &sent)
{
    const auto database = Database::open(m_path, Database::Mode::readOnly);
    QVERIFY(database);
    const auto kept = loadDrafts(**database, ServerWorld::kim, one);
    for (const DraftRecord &draft : kept.value())
        drafts.append(draft.text);
    Statement rows = (*database)->statement("list_outbox_to_send");
    rows.bind("limit", 100'000);
    while (const auto entry = readEntry(rows))
        sent.append(std::get<Act::AddNote>(entry->action.arguments).text);
}

void KilledComposerTest::runUntilKilled()
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(&process, &QProcess::readyReadStandardOutput, this, [&] {
        while (process.canReadLine()) {
            const QList<QByteArray> words = process.readLine().trimmed().split(' ');
            (words.constFirst() == "has" ? m_has : m_kept) = words.value(1).toInt();
        }
    });
    const int wanted = m_has + 1 + m_random.bounded(6);
    process.start(QCoreApplication::applicationFilePath(),
                  {str("--work"), m_path, QString::fromLatin1(m_token), QString::number(m_kept + 1)});
    QTRY_VERIFY_WITH_TIMEOUT(m_has >= wanted, 30'000);
    QTest::qWait(m_random.bounded(8));
    process.kill();
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    QCoreApplication::processEvents();
}

void KilledComposerTest::whatIsSentIsNoDraft()
{
    const QString named = qEnvironmentVariable("EARSHOT_SEED");
    const quint32 seed = named.isEmpty() ? QRandomGenerator::global()->generate() : named.toUInt();
    m_random.seed(seed);
    qInfo("seed %u", seed);
    ServerWorld world;
    m_token = world.token(ServerWorld::kim);
    m_path = m_folder.filePath(str("replica.earshot"));
    const QString server = str("http://127.0.0.1:%1").arg(world.server().port());
    QVERIFY(ReplicaFile::create(m_path, {server, world.account(), ServerWorld::kim}, world.clock()));
    {
        ReplicaSession::Options options;
        options.path = m_path;
        options.token = Secret(m_token);
        const auto session = std::move(ReplicaSession::open(options, world.clock()).value());
        QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
    }
    world.stopServer();
    const int rounds = std::max(8, qEnvironmentVariableIntValue("EARSHOT_KILLS"));
    QSet<int> unsent;
    for (int round = 0; round < rounds; ++round) {
        runUntilKilled();
        if (QTest::currentTestFailed())
            return;
        QStringList drafts;
        QStringList sent;
        read(drafts, sent);
        for (const QString &text : std::as_const(drafts))
            QVERIFY2(!sent.contains(text), qPrintable(text + str(" is sent and a draft")));
        for (int number = 1; number <= m_kept; ++number) {
            const QString text = str("text %1").arg(number);
            // The next start writes another one in its place.
            const bool isDraft = number == m_kept && drafts.contains(text);
            if (isDraft)
                unsent.insert(number);
            QVERIFY2(sent.count(text) == 1 || unsent.contains(number), qPrintable(text + str(" is gone")));
        }
        m_kept = std::max(m_kept, m_has);
    }
    qInfo("%d written, %d acknowledged, %d times killed", m_kept, m_has, rounds);
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == str("--work"))
        return work(arguments.mid(2));
    KilledComposerTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killedcomposer.moc"
