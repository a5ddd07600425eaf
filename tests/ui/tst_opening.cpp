// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicasession.h"
#include "tests/server/serverworld.h"
#include "ui/shell/appearance.h"
#include "ui/shell/errortext.h"
#include "ui/shell/knownworkspaces.h"
#include "ui/start/opening.h"
#include "ui/start/program.h"
#include "ui/window/mainwindow.h"
#include "ui/window/wishes.h"
#include "workspace/filesystem.h"
#include "workspace/historyreach.h"
#include "workspace/upkeep.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QListWidget>
#include <QMessageBox>
#include <QSaveFile>
#include <QScopeGuard>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include <sys/fsuid.h>
#include <unistd.h>

using namespace Earshot;

namespace {

/// Names the file for as long as which a program that this one starts goes on.
constexpr auto untilIsGone = "EARSHOT_TEST_UNTIL_GONE";

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// The main window that is seen; null = there is none.
MainWindow *shown()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        auto *window = qobject_cast<MainWindow *>(widget);
        if (window && window->isVisible())
            return window;
    }
    return nullptr;
}

} // namespace

/// What the program makes of the file that it is started with, and of another one that is chosen in its window.
class OpeningTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { end(); }
    void frozenCopyIsForReading();
    void replicaThatCannotBeWrittenIsForReading();
    void replicaIsReadWhereOneWants();
    void replicaIsReadBesideWhoFollowsWithIt();
    void ownWorkspaceIsReadBesideItsWindow();
    void nothingIsMadeToBeRead();
    void otherWorkspaceGetsAProgramOfItsOwn();
    void networkDriveIsNamed();

private:
    void makeReplica();
    void start(bool isForReading = false);
    /// @param isWished it could be written to
    void startForReading(bool isWished = false);
    void end();
    [[nodiscard]] static QString status() { return shown()->findChild<QAbstractButton *>(str("statusButton"))->text(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Program> m_program;
    std::unique_ptr<QSignalSpy> m_ended;
    QString m_file;
};

void OpeningTest::networkDriveIsNamed()
{
    const Done may = mayWriteOn("nfs4");
    QVERIFY(!may);
    const QString sentence = ErrorText::of(may.error());
    QVERIFY2(sentence.contains(str("network drive")), qPrintable(sentence));
}

void OpeningTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->filePath(str("settings")));
    m_file = m_folder->filePath(str("desk.earshot"));
    if (!m_appearance)
        m_appearance = std::make_unique<Appearance>(*qApp);
}

/// Kim's, of a server that is no more.
void OpeningTest::makeReplica()
{
    ServerWorld world;
    const QString server = str("http://127.0.0.1:%1").arg(world.server().port());
    ReplicaSession::Options options;
    options.path = m_file;
    options.token = Secret(world.token(ServerWorld::kim));
    QVERIFY(ReplicaFile::create(m_file, {server, world.account(), ServerWorld::kim}, world.clock()));
    const auto replica = std::move(ReplicaSession::open(options, world.clock()).value());
    QTRY_COMPARE(replica->desk().status().kind, DeskStatus::Kind::current);
}

void OpeningTest::start(bool isForReading)
{
    end();
    m_program = std::make_unique<Program>(*m_appearance);
    m_ended = std::make_unique<QSignalSpy>(m_program.get(), &Program::ended);
    Wishes wishes;
    wishes.file = m_file;
    wishes.keyFile = m_folder->filePath(str("key"));
    wishes.isForReading = isForReading;
    m_program->start(wishes);
}

/// What is shown says from when it is, and nothing can be done in it.
void OpeningTest::startForReading(bool isWished)
{
    start(isWished);
    QTRY_VERIFY(shown());
    const QString title = shown()->windowTitle();
    QVERIFY2(title.contains(str(" · as of ")) && title.contains(str("read only")), qPrintable(title));
    QTRY_COMPARE(status(), str("Read only"));
    QVERIFY(!shown()->commands().trigger(str("conversation.claim")));
    QCOMPARE(m_ended->size(), 0);
}

void OpeningTest::end()
{
    m_ended.reset();
    m_program.reset();
    for (QWidget *widget : QApplication::topLevelWidgets())
        widget->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

/// Which it is, the file says itself; also where it was carried to.
void OpeningTest::frozenCopyIsForReading()
{
    makeReplica();
    const QString copy = m_folder->filePath(str("elsewhere/copy.earshot"));
    QVERIFY(QDir().mkpath(m_folder->filePath(str("elsewhere"))));
    QVERIFY(backupWorkspace(m_file, copy));
    m_file = copy;
    startForReading();
}

/// As on a disc, or on a disk that was sealed for a review.
void OpeningTest::replicaThatCannotBeWrittenIsForReading()
{
    makeReplica();
    const QDir folder(m_folder->path());
    const auto readable = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
    const auto executable = QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
    for (const QString &name : folder.entryList({str("desk.earshot*")}, QDir::Files))
        QVERIFY(QFile::setPermissions(folder.filePath(name), readable));
    QVERIFY(QFile::setPermissions(m_folder->path(), readable | executable));
    const auto unseal = qScopeGuard([this] {
        ::setfsuid(::geteuid());
        QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    });
    // Root may write everywhere: on this thread, and on those that it starts, files are somebody else's now.
    ::setfsuid(65534);
    startForReading();
    end();
}

/// A reviewer's own replica, and nothing of it is followed or changed meanwhile.
void OpeningTest::replicaIsReadWhereOneWants()
{
    makeReplica();
    startForReading(true);
    const SystemClock clock;
    QVERIFY(Workspace::open(m_file, Workspace::Access::owner, clock));
    const QList<KnownWorkspace> known = KnownWorkspaces::all();
    QVERIFY(std::ranges::none_of(known, [this](const KnownWorkspace &one) { return one.file == m_file; }));
    end();
}

/// Who follows may be without the server since yesterday.
void OpeningTest::replicaIsReadBesideWhoFollowsWithIt()
{
    makeReplica();
    const SystemClock clock;
    const auto owner = std::move(Workspace::open(m_file, Workspace::Access::owner, clock).value());
    startForReading(true);
    end();
    start();
    QTRY_VERIFY(shown());
    const QString title = shown()->windowTitle();
    QVERIFY2(title.contains(str(" · as of ")) && title.contains(str("read only")), qPrintable(title));
    QVERIFY(!shown()->commands().trigger(str("conversation.claim")));
    // It came further.
    const auto written = owner->write<bool>(Urgency::interactive, [](Writing &writing) -> Result<bool> {
        const qint64 last = toMs(loadAsOf(writing.database()));
        writing.setMeta(QStringLiteral("replica_as_of"), QString::number(last + 2'592'000'000));
        return true;
    });
    QTRY_VERIFY(written.isFinished());
    // Nobody tells of a commit of another program: it is looked for every 20 s.
    QTRY_VERIFY_WITH_TIMEOUT(shown()->windowTitle() != title, 60'000);
    QVERIFY(shown()->windowTitle().contains(str(" · as of ")));
    end();
}

void OpeningTest::ownWorkspaceIsReadBesideItsWindow()
{
    const SystemClock clock;
    QVERIFY(Workspace::create(m_file, str("Ana"), clock));
    const auto owner = std::move(Workspace::open(m_file, Workspace::Access::owner, clock).value());
    start(true);
    QTRY_VERIFY(shown());
    QTRY_COMPARE(status(), str("Read only"));
    QVERIFY(!shown()->commands().trigger(str("channels.connect")));
    end();
}

/// Where no workspace is known yet, nobody is asked to make one that could only be read.
void OpeningTest::nothingIsMadeToBeRead()
{
    m_file.clear();
    QVERIFY(!QFile::exists(lastWorkspace()));
    QString said;
    QTimer look;
    connect(&look, &QTimer::timeout, this, [&said] {
        const QWidgetList widgets = QApplication::topLevelWidgets();
        for (QWidget *widget : widgets) {
            const auto *box = qobject_cast<QMessageBox *>(widget);
            if (!box || !box->isVisible())
                continue;
            said = box->text() + box->informativeText();
            widget->close();
        }
    });
    look.start(20);
    start(true);
    QTRY_VERIFY2(said.contains(str("could not be opened")), qPrintable(said));
    QVERIFY(!QFile::exists(lastWorkspace()));
    QTRY_COMPARE(m_ended->size(), 1);
    end();
}

/// From the list in the one window to the other's window, which a program of its own shows; this one goes on.
void OpeningTest::otherWorkspaceGetsAProgramOfItsOwn()
{
    const SystemClock clock;
    QVERIFY(Workspace::create(m_file, str("Ana"), clock));
    const QString other = m_folder->filePath(str("other.earshot"));
    QVERIFY(Workspace::create(other, str("Bo"), clock));
    KnownWorkspaces::note({other, str("other"), {}});
    start();
    QTRY_VERIFY(shown());
    auto *window = shown();
    // Where the one that is started notes something, and until when it runs.
    qputenv("HOME", m_folder->path().toUtf8());
    qputenv(untilIsGone, other.toUtf8());
    QVERIFY(window->commands().trigger(str("workspace.switch")));
    auto *dialog = window->findChild<QDialog *>(str("workspacesDialog"));
    QVERIFY(dialog);
    QTest::keyClick(dialog->findChild<QListWidget *>(str("workspacesList")), Qt::Key_Return);
    QFile said(other + str(".said"));
    const auto isOpen = [&said] { return said.isOpen() || said.open(QIODevice::ReadOnly); };
    QTRY_VERIFY_WITH_TIMEOUT(isOpen(), 30'000);
    const QString title = QString::fromUtf8(said.readAll());
    QVERIFY2(title.startsWith(str("other")), qPrintable(title));
    QCOMPARE(Workspace::open(other, Workspace::Access::owner, clock).error().kind, ErrorKind::locked);
    QCOMPARE(m_ended->size(), 0);
    QVERIFY(window->isVisible());
    QVERIFY(QFile::remove(other));
    const auto isOver = [&said] { return !said.exists(); };
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 30'000);
}

/// As another start of the program: says which file its window shows, and ends when that is gone.
static int runElsewhere(QApplication &application)
{
    const QString file = qEnvironmentVariable(untilIsGone);
    Appearance appearance(application);
    Program program(appearance);
    program.start(wishesOf(application));
    QFile said(file + str(".said"));
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &look, [&] {
        if (const auto *window = shown(); window && !said.exists()) {
            QSaveFile saying(said.fileName());
            if (saying.open(QIODevice::WriteOnly) && saying.write(window->windowTitle().toUtf8()) > 0)
                saying.commit();
        }
        if (!QFile::exists(file))
            QApplication::quit();
    });
    look.start(20);
    const int code = QApplication::exec();
    said.remove();
    return code;
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    QApplication application(argc, argv);
    if (qEnvironmentVariableIsSet(untilIsGone)) {
        QStandardPaths::setTestModeEnabled(true);
        return runElsewhere(application);
    }
    OpeningTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_opening.moc"
