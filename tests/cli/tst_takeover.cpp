// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/session.h"
#include "model/future.h"
#include "tests/cli/controlprogram.h"
#include "tests/cli/feedserver.h"
#include "workspace/queries.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QSocketNotifier>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace Earshot;

namespace {

/// What runs in the other processes: a workspace open for work, as a desktop has it, driven by lines on standard input
/// ("note TEXT", "draft TEXT") and telling on standard output what it is and what became of them.
class SessionProcess final : public QObject
{
public:
    bool begin(const QString &file, const QString &keyFile)
    {
        Session::Options options;
        options.path = file;
        options.keyFile = keyFile;
        options.runsCourier = true;
        auto session = Session::open(std::move(options), m_clock);
        if (!session) {
            say(QStringLiteral("failed ") + session.error().detail);
            return false;
        }
        m_session = std::move(*session);
        connect(&m_session->workspace(), &Workspace::ownershipTaken, this, [this] { say(QStringLiteral("taken")); });
        say(m_session->isOwner() ? QStringLiteral("owner") : QStringLiteral("beside"));
        connect(&m_input, &QSocketNotifier::activated, this, &SessionProcess::read);
        return true;
    }

private:
    static void say(const QString &line)
    {
        std::printf("%s\n", qPrintable(line));
        std::fflush(stdout);
    }

    void read()
    {
        char piece[4096];
        const ssize_t length = ::read(0, piece, sizeof piece);
        if (length <= 0) {
            QCoreApplication::quit();
            return;
        }
        m_buffer += QByteArray(piece, length);
        for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
            carryOut(QString::fromUtf8(m_buffer.first(end)));
            m_buffer.remove(0, end + 1);
        }
    }

    void carryOut(const QString &line)
    {
        const QString text = line.section(QLatin1Char(' '), 1);
        if (line.startsWith(QLatin1StringView("draft "))) {
            DraftRecord draft;
            draft.conversation = ConversationId(1);
            draft.text = text;
            m_session->desk().saveDraft(draft);
            say(QStringLiteral("typed ") + text);
            return;
        }
        const Action action = makeAction(Act::AddNote{ConversationId(1), text}, m_clock.now());
        whenDone(m_session->desk().perform({action}), this, [text](const QList<Outcome> &outcomes) {
            const Outcome &outcome = outcomes.constFirst();
            say(QStringLiteral("%1 %2").arg(
                outcome.isApplied() ? QStringLiteral("applied") : word(outcome.refusal.kind), text));
        });
    }

    SystemClock m_clock;
    std::unique_ptr<Session> m_session;
    QSocketNotifier m_input{0, QSocketNotifier::Read};
    QByteArray m_buffer;
};

/// One such process seen from the test.
class Companion
{
public:
    explicit Companion(std::unique_ptr<QProcess> process)
        : m_process(std::move(process))
    {
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    }
    void send(const QString &line) { m_process->write(line.toUtf8() + '\n'); }
    [[nodiscard]] bool hasSaid(const QString &line)
    {
        m_said += m_process->readAllStandardOutput();
        return m_said.split('\n').contains(line.toUtf8());
    }
    /// Is owner since its start or by now.
    [[nodiscard]] bool isOwner() { return hasSaid(QStringLiteral("owner")) || hasSaid(QStringLiteral("taken")); }
    [[nodiscard]] bool hasBegun() { return isOwner() || hasSaid(QStringLiteral("beside")); }
    /// It stands still, so that nothing that is asked of it is done or answered any more.
    void freeze() { ::kill(pid_t(m_process->processId()), SIGSTOP); }
    void kill()
    {
        m_process->kill();
        m_process->waitForFinished();
    }
    [[nodiscard]] qint64 id() const { return m_process->processId(); }

private:
    std::unique_ptr<QProcess> m_process;
    QByteArray m_said;
};

/// Whether a process has the workspace open.
bool hasOpen(qint64 process, const QString &path)
{
    const QDir files(QStringLiteral("/proc/%1/fd").arg(process));
    const QFileInfoList all = files.entryInfoList(QDir::Files | QDir::System | QDir::NoDotAndDotDot);
    return std::any_of(all.cbegin(), all.cend(),
                       [&path](const QFileInfo &file) { return file.symLinkTarget() == path; });
}

bool isOwned(const QString &path)
{
    const auto lock = FileLock::take(path + QStringLiteral(".lock"));
    return !lock && lock.error().kind == ErrorKind::locked;
}

} // namespace

/// The process that owns the workspace is killed: another one takes over, one only, and nothing that was typed or done
/// beside it is lost or done twice.
class TakeOverTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void survivorsGoOn();
    void commandGoesOn();
    void desktopGoesOn();

private:
    [[nodiscard]] std::unique_ptr<Companion> begin() const
    {
        return std::make_unique<Companion>(
            m_program->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--session"), m_path, m_key}));
    }
    [[nodiscard]] QStringList notes() const;

    std::unique_ptr<ControlProgram> m_program;
    std::unique_ptr<FeedServer> m_server;
    QString m_path;
    QString m_key;
};

void TakeOverTest::init()
{
    m_program = std::make_unique<ControlProgram>(QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"));
    m_server = std::make_unique<FeedServer>();
    m_server->add({QStringLiteral("1"), QStringLiteral("Mira"), QStringLiteral("Lamp"), QStringLiteral("It is dark."),
                   QDateTime::currentDateTimeUtc().addSecs(-60)});
    m_path = m_program->file(QStringLiteral(".local/share/earshot/desk.earshot"));
    m_key = m_program->file(QStringLiteral("key"));
    QCOMPARE(m_program->run("workspace create").exitCode, 0);
    const ControlAnswer added = m_program->run({QStringLiteral("channel"), QStringLiteral("add"), m_server->address(),
                                                QStringLiteral("--work-since"), QStringLiteral("2020-01-01"),
                                                QStringLiteral("--key-file"), m_key});
    QVERIFY2(added.exitCode == 0, added.err.constData());
    QCOMPARE(m_program->run({QStringLiteral("pull"), QStringLiteral("--key-file"), m_key}).exitCode, 0);
}

void TakeOverTest::cleanup()
{
    m_program.reset();
    m_server.reset();
}

QStringList TakeOverTest::notes() const
{
    QStringList texts;
    const QJsonArray messages = m_program->run("show 1 --json").object().value(QStringLiteral("messages")).toArray();
    for (const QJsonValue &message : messages) {
        if (message.toObject().value(QStringLiteral("kind")).toString() == QLatin1StringView("note"))
            texts.append(message.toObject().value(QStringLiteral("text")).toString());
    }
    texts.sort();
    return texts;
}

void TakeOverTest::survivorsGoOn()
{
    // All at once: they race for the file.
    std::vector<std::unique_ptr<Companion>> left;
    for (int i = 0; i < 4; ++i)
        left.push_back(begin());
    const auto owners = [&left] {
        return std::count_if(left.begin(), left.end(), [](const auto &one) { return one->isOwner(); });
    };
    for (const auto &one : left)
        QTRY_VERIFY_WITH_TIMEOUT(one->hasBegun(), 30'000);
    QCOMPARE(owners(), 1);

    QStringList asked;
    for (int round = 0; left.size() > 1; ++round) {
        const auto owner = std::find_if(left.begin(), left.end(), [](const auto &one) { return one->isOwner(); });
        const int requests = m_server->requests();
        // Asked and typed while the owner no longer answers.
        (*owner)->freeze();
        QStringList now;
        for (auto &one : left) {
            if (one == *owner)
                continue;
            const QString text = QStringLiteral("round-%1-%2").arg(round).arg(one->id());
            one->send(QStringLiteral("note ") + text);
            one->send(QStringLiteral("draft half-") + text);
            now.append(text);
        }
        for (auto &one : left) {
            if (one != *owner)
                QTRY_VERIFY_WITH_TIMEOUT(
                    one->hasSaid(QStringLiteral("typed half-round-%1-%2").arg(round).arg(one->id())), 20'000);
        }
        (*owner)->kill();
        left.erase(owner);
        for (auto &one : left)
            QTRY_VERIFY_WITH_TIMEOUT(one->hasSaid(QStringLiteral("applied round-%1-%2").arg(round).arg(one->id())),
                                     20'000);
        QCOMPARE(owners(), 1);
        // Whoever took over runs the courier.
        QTRY_VERIFY_WITH_TIMEOUT(m_server->requests() > requests, 20'000);
        asked += now;
    }
    asked.sort();
    QCOMPARE(notes(), asked);
    const SystemClock clock;
    const auto workspace = Workspace::open(m_path, Workspace::Access::readOnly, clock);
    QVERIFY(workspace.has_value());
    const auto kept = [&workspace] {
        const auto drafts = (*workspace)->readNow<QList<DraftRecord>>([](Database &database) {
            return loadDrafts(database, AgentId(1), ConversationId(1));
        });
        return drafts && !drafts->isEmpty() ? drafts->constFirst().text : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(kept(), QStringLiteral("half-") + asked.constLast(), 20'000);
    QVERIFY(isOwned(m_path));
    left.clear();
    QCOMPARE(m_program->run("workspace verify").exitCode, 0);
}

void TakeOverTest::commandGoesOn()
{
    const auto owner = begin();
    QTRY_VERIFY_WITH_TIMEOUT(owner->hasSaid(QStringLiteral("owner")), 30'000);
    owner->freeze();
    const auto command = m_program->start(
        QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"),
        {QStringLiteral("note"), QStringLiteral("1"), QStringLiteral("a word"), QStringLiteral("--key-file"), m_key});
    QTRY_VERIFY_WITH_TIMEOUT(hasOpen(command->processId(), m_path), 20'000);
    owner->kill();
    QTRY_COMPARE_WITH_TIMEOUT(command->state(), QProcess::NotRunning, 30'000);
    QVERIFY2(command->exitCode() == 0, command->readAllStandardError().constData());
    QCOMPARE(notes(), QStringList{QStringLiteral("a word")});
}

void TakeOverTest::desktopGoesOn()
{
    const QString desktop = QStringLiteral(EARSHOT_BINARY_DIR "/ui/earshot");
    if (!QFile::exists(desktop))
        QSKIP("the desktop is not built");
    const auto owner = begin();
    QTRY_VERIFY_WITH_TIMEOUT(owner->hasSaid(QStringLiteral("owner")), 30'000);
    const auto window = m_program->start(desktop, {QStringLiteral("-platform"), QStringLiteral("offscreen"),
                                                   QStringLiteral("--key-file"), m_key, m_path});
    QTRY_VERIFY_WITH_TIMEOUT(hasOpen(window->processId(), m_path), 30'000);
    QTRY_VERIFY(m_server->requests() > 0);
    owner->kill();
    const int requests = m_server->requests();
    QTRY_VERIFY_WITH_TIMEOUT(isOwned(m_path), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_server->requests() > requests, 20'000);
    // Still open, and does for others what it was asked for.
    QCOMPARE(window->state(), QProcess::Running);
    const ControlAnswer noted = m_program->run({QStringLiteral("note"), QStringLiteral("1"),
                                                QStringLiteral("handed over"), QStringLiteral("--key-file"), m_key});
    QVERIFY2(noted.exitCode == 0, noted.err.constData());
    QVERIFY(isOwned(m_path));
    QCOMPARE(notes(), QStringList{QStringLiteral("handed over")});
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.value(1) == QLatin1StringView("--session")) {
        SessionProcess process;
        return process.begin(words.value(2), words.value(3)) ? QCoreApplication::exec() : 1;
    }
    TakeOverTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_takeover.moc"
