// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/appearance.h"
#include "ui/shell/singleinstance.h"
#include "ui/start/program.h"
#include "ui/window/mainwindow.h"
#include "ui/window/wishes.h"
#include "workspace/schema.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QDataStream>
#include <QDir>
#include <QLocalSocket>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// What is seen of such windows; null = none.
template <class Window>
Window *shown(const char *name)
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        auto *window = qobject_cast<Window *>(widget);
        if (window && window->isVisible() && (!*name || window->objectName() == str(name)))
            return window;
    }
    return nullptr;
}

} // namespace

/// A workspace of an older version is brought to its new form while its window lives.
class NewFormTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void formIsSeenInTheHeader();
    void windowSaysWhatTakesSoLong();
    void whoClosesItEndsTheProgramAfterTheWork();
    void whoStartsAgainStays();
    void whatCannotBeBroughtThereIsSaid();
    void whatIsForReadingStaysAsItIs_data();
    void whatIsForReadingStaysAsItIs();

private:
    void makeOld();
    [[nodiscard]] QByteArray bytes() const;
    /// Nobody else can write until this is gone.
    [[nodiscard]] std::unique_ptr<Database> hold() const;
    void start(bool isForReading = false);
    [[nodiscard]] static QDialog *dialog() { return shown<QDialog>("newFormDialog"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Program> m_program;
    std::unique_ptr<QSignalSpy> m_ended;
    QString m_file;
};

void NewFormTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->filePath(str("settings")));
    m_file = m_folder->filePath(str("desk.earshot"));
    if (!m_appearance)
        m_appearance = std::make_unique<Appearance>(*qApp);
}

void NewFormTest::cleanup()
{
    Database::setFault({});
    m_ended.reset();
    m_program.reset();
    for (QWidget *widget : QApplication::topLevelWidgets())
        widget->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

/// As the program before this one left it.
void NewFormTest::makeOld()
{
    const auto opened = Database::open(m_file, Database::Mode::create);
    QVERIFY(opened);
    Database &database = **opened;
    database.execute(str("PRAGMA application_id = %1").arg(applicationId));
    database.execute(str("PRAGMA journal_mode = WAL"));
    QStringList files = QDir(str(":/schema")).entryList({str("*.sql")}, QDir::Files, QDir::Name);
    files.removeLast();
    database.execute(str("BEGIN"));
    for (const QString &name : files) {
        QFile file(str(":/schema/") + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        database.execute(QString::fromUtf8(file.readAll()));
    }
    database.execute(str("PRAGMA user_version = %1").arg(newestSchemaVersion() - 1));
    database.execute(
        str("INSERT INTO agent (id, seq, created_seq, uuid, name, role) VALUES (1, 1, 1, 'u-1', 'Ana', 3)"));
    database.execute(str("COMMIT"));
    const Done done = database.done();
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
}

std::unique_ptr<Database> NewFormTest::hold() const
{
    auto opened = Database::open(m_file, Database::Mode::readWrite);
    if (!opened)
        return nullptr;
    (*opened)->execute(str("BEGIN IMMEDIATE"));
    return std::move(*opened);
}

QByteArray NewFormTest::bytes() const
{
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void NewFormTest::start(bool isForReading)
{
    m_program = std::make_unique<Program>(*m_appearance);
    m_ended = std::make_unique<QSignalSpy>(m_program.get(), &Program::ended);
    Wishes wishes;
    wishes.file = m_file;
    wishes.isForReading = isForReading;
    wishes.keyFile = m_folder->filePath(str("key"));
    m_program->start(wishes);
}

void NewFormTest::formIsSeenInTheHeader()
{
    QVERIFY(!isOlderForm(m_file));
    makeOld();
    QVERIFY(isOlderForm(m_file));
    const SystemClock clock;
    QVERIFY(Workspace::open(m_file, Workspace::Access::owner, clock));
    QVERIFY(!isOlderForm(m_file));
    const QString letter = m_folder->filePath(str("letter.earshot"));
    QFile file(letter);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("Dear Ana, this is a letter.").repeated(10));
    file.close();
    QVERIFY(!isOlderForm(letter));
}

void NewFormTest::windowSaysWhatTakesSoLong()
{
    makeOld();
    auto held = hold();
    QVERIFY(held);
    start();
    QTRY_VERIFY(dialog());
    QVERIFY(!dialog()->accessibleDescription().isEmpty());
    auto *progress = dialog()->findChild<QProgressBar *>(str("newFormProgress"));
    QVERIFY(progress && !progress->accessibleName().isEmpty());
    QVERIFY(!shown<MainWindow>(""));
    held.reset();
    QTRY_VERIFY(shown<MainWindow>(""));
    QVERIFY(!dialog());
    QCOMPARE(m_ended->size(), 0);
}

void NewFormTest::whoClosesItEndsTheProgramAfterTheWork()
{
    makeOld();
    auto held = hold();
    QVERIFY(held);
    start();
    QTRY_VERIFY(dialog());
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QVERIFY(!dialog());
    QCOMPARE(m_ended->size(), 0);
    held.reset();
    QTRY_COMPARE(m_ended->size(), 1);
    QCOMPARE(m_ended->constFirst().constFirst().toInt(), 0);
    QVERIFY(!shown<MainWindow>(""));
    const SystemClock clock;
    QVERIFY(Workspace::open(m_file, Workspace::Access::owner, clock));
    QVERIFY(!isOlderForm(m_file));
}

void NewFormTest::whoStartsAgainStays()
{
    makeOld();
    auto held = hold();
    QVERIFY(held);
    start();
    QTRY_VERIFY(dialog());
    dialog()->findChild<QPushButton *>(str("newFormQuit"))->click();
    QVERIFY(!dialog());
    // This program answers itself here, so nobody waits for that.
    QLocalSocket again;
    again.connectToServer(SingleInstance::socketName(m_file));
    QByteArray message;
    QDataStream stream(&message, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << quint32(0x45617273) << QStringList{m_file} << QString();
    again.write(message);
    QTRY_VERIFY(dialog());
    held.reset();
    QTRY_VERIFY(shown<MainWindow>(""));
    QCOMPARE(m_ended->size(), 0);
}

void NewFormTest::whatCannotBeBroughtThereIsSaid()
{
    makeOld();
    Database::setFault([] { return std::optional(Error{ErrorKind::diskFull, str("full"), {}}); });
    start();
    QTRY_VERIFY(shown<QMessageBox>(""));
    QVERIFY(!dialog());
    QVERIFY(isOlderForm(m_file));
}

void NewFormTest::whatIsForReadingStaysAsItIs_data()
{
    QTest::addColumn<bool>("isFrozen");
    QTest::newRow("opened for reading") << false;
    QTest::newRow("a copy of a replica") << true;
}

/// A copy of it is read, which is gone with the window.
void NewFormTest::whatIsForReadingStaysAsItIs()
{
    QFETCH(bool, isFrozen);
    makeOld();
    if (isFrozen) {
        const auto opened = Database::open(m_file, Database::Mode::readWrite);
        QVERIFY(opened);
        (*opened)->execute(str("INSERT INTO meta (name, value) VALUES ('courier_off', 'replica'), "
                               "('replica_frozen', '1'), ('replica_agent', '1')"));
        QVERIFY((*opened)->done());
    }
    const QByteArray before = bytes();
    QVERIFY(!before.isEmpty());
    start(!isFrozen);
    QTRY_VERIFY(shown<MainWindow>(""));
    QVERIFY(isOlderForm(m_file));
    m_program.reset();
    QCOMPARE(bytes(), before);
    const QStringList files = QDir(m_folder->path()).entryList({str("desk.earshot*")}, QDir::Files);
    QCOMPARE(files, QStringList{str("desk.earshot")});
}

QTEST_MAIN(NewFormTest)
#include "tst_newform.moc"
