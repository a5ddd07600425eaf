// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/shell/knownworkspaces.h"
#include "ui/shell/statepage.h"
#include "ui/window/joindialog.h"
#include "ui/window/welcomedialog.h"

#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// Several workspaces on one computer: they are known, and one leads to another.
class WorkspacesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void lastUsedComesFirst();
    void namesAreFresh();
    void emptyListSaysSo();
    void listSwitches();
    void paletteSwitches();
    void fileIsOpenedForReading();
    void onesOwnIsNoChoice();
    void takenOffTheList();
    void welcomeShowsWhatIsHere();
    void tokenNeedsNoName();

private:
    [[nodiscard]] QString makeFile(const char *name);
    [[nodiscard]] QDialog *openList();

    std::unique_ptr<WindowWorld> m_world; ///< the settings are its own
    std::unique_ptr<QTemporaryDir> m_folder;
};

void WorkspacesTest::init()
{
    m_world.reset();
    m_world = std::make_unique<WindowWorld>(30);
    m_folder = std::make_unique<QTemporaryDir>();
    for (const KnownWorkspace &one : KnownWorkspaces::all())
        KnownWorkspaces::forget(one.file);
}

QString WorkspacesTest::makeFile(const char *name)
{
    QFile file(m_folder->filePath(str(name)));
    return file.open(QIODevice::WriteOnly) ? file.fileName() : QString();
}

QDialog *WorkspacesTest::openList()
{
    m_world->window().commands().trigger(str("workspace.switch"));
    return m_world->window().findChild<QDialog *>(str("workspacesDialog"));
}

void WorkspacesTest::lastUsedComesFirst()
{
    const KnownWorkspace one{makeFile("one.earshot"), str("one"), {}};
    const KnownWorkspace two{makeFile("two.earshot"), str("desk.example"), str("https://desk.example")};
    KnownWorkspaces::note(one);
    KnownWorkspaces::note(two);
    QCOMPARE(KnownWorkspaces::all(), (QList<KnownWorkspace>{two, one}));
    KnownWorkspaces::note(one);
    QCOMPARE(KnownWorkspaces::all(), (QList<KnownWorkspace>{one, two}));
    // The same by another way.
    KnownWorkspaces::note({m_folder->filePath(str("./two.earshot")), str("new name"), {}});
    QCOMPARE(KnownWorkspaces::all().size(), 2);
    QCOMPARE(KnownWorkspaces::all().constFirst().name, str("new name"));
    // What is away for now is known again when it is back.
    QVERIFY(QFile::remove(one.file));
    QCOMPARE(KnownWorkspaces::all().size(), 1);
    QCOMPARE(makeFile("one.earshot"), one.file);
    QCOMPARE(KnownWorkspaces::all().size(), 2);
    KnownWorkspaces::forget(one.file);
    QCOMPARE(KnownWorkspaces::all().size(), 1);
}

void WorkspacesTest::namesAreFresh()
{
    const auto fresh = [this](const char *wish) {
        return QFileInfo(KnownWorkspaces::freshPath(m_folder->path(), str(wish))).fileName();
    };
    QCOMPARE(fresh("desk.example"), str("desk.example.earshot"));
    QCOMPARE(fresh("../../etc/passwd"), str("etcpasswd.earshot"));
    QCOMPARE(fresh(""), str("desk.earshot"));
    static_cast<void>(makeFile("desk.earshot"));
    QCOMPARE(fresh(""), str("desk-2.earshot"));
}

void WorkspacesTest::emptyListSaysSo()
{
    QDialog *dialog = openList();
    QVERIFY(dialog);
    QTRY_VERIFY(dialog->isVisible());
    QVERIFY(!dialog->findChild<QListWidget *>(str("workspacesList"))->isVisible());
    const auto *page = dialog->findChild<StatePage *>();
    QVERIFY(page && page->isVisible());
    QCOMPARE(dialog->focusWidget(), dialog->findChild<QWidget *>(str("workspacesAnother")));
    dialog->close();
}

void WorkspacesTest::listSwitches()
{
    const QString other = makeFile("other.earshot");
    KnownWorkspaces::note({other, str("<b>other</b>"), {}});
    QSignalSpy asked(&m_world->window(), &MainWindow::workspaceAsked);
    QDialog *dialog = openList();
    QVERIFY(dialog);
    auto *list = dialog->findChild<QListWidget *>(str("workspacesList"));
    QCOMPARE(list->count(), 1);
    QVERIFY2(list->item(0)->text().contains(str("<b>other</b>")), qPrintable(list->item(0)->text()));
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(asked.constFirst().constFirst().toString(), other);
    dialog = nullptr;
    QTRY_VERIFY(!m_world->window().findChild<QDialog *>(str("workspacesDialog")));
    dialog = openList();
    QTest::mouseClick(dialog->findChild<QPushButton *>(str("workspacesAnother")), Qt::LeftButton);
    QCOMPARE(asked.size(), 2);
    QCOMPARE(asked.constLast().constFirst().toString(), QString());
}

void WorkspacesTest::paletteSwitches()
{
    const QString other = makeFile("other.earshot");
    KnownWorkspaces::note({other, str("desk.example"), str("https://desk.example")});
    const auto found = [this] { return m_world->window().commands().matching(str("switch to desk"), 4); };
    // Another window has noted it: seen when a person comes back to this one.
    QVERIFY(found().isEmpty());
    QEvent comesBack(QEvent::WindowActivate);
    QCoreApplication::sendEvent(&m_world->window(), &comesBack);
    QCOMPARE(found().size(), 1);
    QSignalSpy asked(&m_world->window(), &MainWindow::workspaceAsked);
    QVERIFY(m_world->window().commands().trigger(found().constFirst()));
    QCOMPARE(asked.constFirst().constFirst().toString(), other);
    KnownWorkspaces::forget(other);
    QCoreApplication::sendEvent(&m_world->window(), &comesBack);
    QVERIFY(found().isEmpty());
}

void WorkspacesTest::fileIsOpenedForReading()
{
    const QString backup = makeFile("backup.earshot");
    QSignalSpy asked(&m_world->window(), &MainWindow::readingAsked);
    QVERIFY(m_world->window().commands().trigger(str("workspace.read")));
    auto *dialog = m_world->window().findChild<QFileDialog *>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(backup);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.constFirst().constFirst().toString(), backup);
    dialog->close();
}

void WorkspacesTest::onesOwnIsNoChoice()
{
    KnownWorkspaces::note({m_world->desk().workspace().path(), str("here"), {}});
    const QDialog *dialog = openList();
    auto *list = dialog->findChild<QListWidget *>(str("workspacesList"));
    QCOMPARE(list->count(), 1);
    QVERIFY2(list->item(0)->text().contains(str("this window")), qPrintable(list->item(0)->text()));
    QVERIFY(!dialog->findChild<QPushButton *>(str("workspacesSwitch"))->isEnabled());
    QSignalSpy asked(&m_world->window(), &MainWindow::workspaceAsked);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(asked.size(), 0);
}

void WorkspacesTest::takenOffTheList()
{
    const QString other = makeFile("other.earshot");
    KnownWorkspaces::note({other, str("other"), {}});
    const QDialog *dialog = openList();
    QTest::mouseClick(dialog->findChild<QPushButton *>(str("workspacesForget")), Qt::LeftButton);
    QCOMPARE(dialog->findChild<QListWidget *>(str("workspacesList"))->count(), 0);
    QVERIFY(!dialog->findChild<QPushButton *>(str("workspacesForget"))->isEnabled());
    QVERIFY(KnownWorkspaces::all().isEmpty());
    QVERIFY(QFile::exists(other));
}

void WorkspacesTest::welcomeShowsWhatIsHere()
{
    const WelcomeDialog empty(str("/somewhere/desk.earshot"));
    QVERIFY(!empty.findChild<QListWidget *>(str("welcomeKnown")));
    WelcomeDialog dialog(str("/somewhere/desk.earshot"),
                         {{str("/a.earshot"), str("a"), {}}, {str("/b.earshot"), str("b"), str("https://b.example")}});
    dialog.show();
    auto *list = dialog.findChild<QListWidget *>(str("welcomeKnown"));
    QVERIFY(list && list->isVisible());
    QSignalSpy asked(&dialog, &WelcomeDialog::openAsked);
    list->setCurrentRow(1);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.constFirst().constFirst().toString(), str("/b.earshot"));
}

void WorkspacesTest::tokenNeedsNoName()
{
    JoinDialog dialog(str("https://desk.example"), false);
    dialog.show();
    auto *name = dialog.findChild<QLineEdit *>(str("joinName"));
    auto *password = dialog.findChild<QLineEdit *>(str("joinPassword"));
    auto *join = dialog.findChild<QPushButton *>(str("joinButton"));
    password->setText(str("secret"));
    QVERIFY(!join->isEnabled() && name->isEnabled());
    password->setText(str(" earshot_0123 "));
    QVERIFY(join->isEnabled() && !name->isEnabled());
    QSignalSpy asked(&dialog, &JoinDialog::joinAsked);
    QTest::mouseClick(join, Qt::LeftButton);
    QCOMPARE(asked.constFirst().at(1).toString(), QString());
    QCOMPARE(asked.constFirst().at(2).value<Secret>().reveal(), QByteArray("earshot_0123"));
}

QTEST_MAIN(WorkspacesTest)
#include "tst_workspaces.moc"
