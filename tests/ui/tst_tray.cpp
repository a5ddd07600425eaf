// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/window/desktoppresence.h"
#include "ui/window/workspacetools.h"

#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QSystemTrayIcon>
#include <QTest>

using namespace Earshot;

namespace {

const QString keep = QStringLiteral("tray.keep");
const QString leave = QStringLiteral("tray.leave");

} // namespace

/// Closing where the desktop has a tray, and where it has none.
class TrayTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void withATrayItIsChosenWhetherClosingHides();
    void choiceIsKeptForTheNextStart();
    void trayBringsItBackAndQuits();
    void withoutATrayClosingQuits();
    void goneTrayHidesNothing();
    void importedSettingsHoldAtOnce();

private:
    void begin(bool hasTray);
    /// The window and its place in the tray come again on the same settings.
    void restart(bool hasTray);
    /// In a menu, and as a command.
    [[nodiscard]] bool isOffered(const QString &command) const;
    [[nodiscard]] bool isSeen() const { return m_world->window().isVisible(); }

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<DesktopPresence> m_presence;
    std::unique_ptr<QSignalSpy> m_closing;
};

void TrayTest::init()
{
    m_world = std::make_unique<WindowWorld>(200);
    QTRY_VERIFY(m_world->isReady());
}

void TrayTest::cleanup()
{
    m_closing.reset();
    m_presence.reset();
    m_world.reset();
}

void TrayTest::begin(bool hasTray)
{
    m_presence = std::make_unique<DesktopPresence>(m_world->desk(), m_world->window(),
                                                   QDBusConnection(QStringLiteral("no bus")), hasTray);
    m_closing = std::make_unique<QSignalSpy>(&m_world->window(), &MainWindow::closing);
}

void TrayTest::restart(bool hasTray)
{
    m_closing.reset();
    m_presence.reset();
    m_world->window().setHidesOnClose(false);
    m_world->reopen();
    QTRY_VERIFY(m_world->isReady());
    begin(hasTray);
}

bool TrayTest::isOffered(const QString &command) const
{
    const CommandRegistry &commands = m_world->window().commands();
    const QAction *action = commands.action(command);
    bool isInMenu = false;
    for (const QMenu *menu : m_world->window().menuBar()->findChildren<QMenu *>())
        isInMenu = isInMenu || (action && menu->actions().contains(action));
    return isInMenu && commands.isEnabled(command);
}

void TrayTest::withATrayItIsChosenWhetherClosingHides()
{
    begin(true);
    // As it comes, closing is the end.
    QVERIFY(isOffered(keep));
    QVERIFY(!isOffered(leave));
    QVERIFY(m_world->window().commands().trigger(keep));
    QVERIFY(!isOffered(keep));
    QVERIFY(isOffered(leave));
    QVERIFY(!m_world->window().close());
    QVERIFY(!isSeen());
    QCOMPARE(m_closing->size(), 0);
    m_world->window().raiseFor({});
    QVERIFY(isSeen());
    QVERIFY(m_world->window().commands().trigger(leave));
    QVERIFY(m_world->window().close());
    QCOMPARE(m_closing->size(), 1);
}

void TrayTest::choiceIsKeptForTheNextStart()
{
    begin(true);
    QVERIFY(m_world->window().commands().trigger(keep));
    restart(true);
    QVERIFY(isOffered(leave));
    QVERIFY(!m_world->window().close());
    QVERIFY(!isSeen());
    QCOMPARE(m_closing->size(), 0);
    m_world->window().raiseFor({});
    QVERIFY(m_world->window().commands().trigger(leave));
    restart(true);
    QVERIFY(isOffered(keep));
    QVERIFY(m_world->window().close());
    QCOMPARE(m_closing->size(), 1);
}

void TrayTest::trayBringsItBackAndQuits()
{
    begin(true);
    QVERIFY(m_world->window().commands().trigger(keep));
    auto *tray = m_presence->findChild<QSystemTrayIcon *>();
    QVERIFY(tray);
    QVERIFY(tray->isVisible());
    QVERIFY(!tray->icon().isNull());
    QVERIFY(tray->toolTip().contains(m_world->window().windowTitle()));
    m_world->window().close();
    QVERIFY(!isSeen());
    Q_EMIT tray->activated(QSystemTrayIcon::Trigger);
    QVERIFY(isSeen());
    m_world->window().close();
    QVERIFY(!isSeen());
    const QMenu *menu = tray->contextMenu();
    QVERIFY(menu && !menu->actions().isEmpty());
    menu->actions().constFirst()->trigger();
    QVERIFY(isSeen());
    // Who means the end gets it.
    m_world->window().close();
    QVERIFY(!isSeen());
    QAction *quit = m_world->window().commands().action(QStringLiteral("program.quit"));
    QVERIFY(menu->actions().contains(quit));
    quit->trigger();
    QTRY_COMPARE(m_closing->size(), 1);
}

void TrayTest::withoutATrayClosingQuits()
{
    begin(false);
    QVERIFY(!m_world->window().commands().find(keep));
    QVERIFY(!m_world->window().commands().find(leave));
    QVERIFY(!m_presence->findChild<QSystemTrayIcon *>());
    QVERIFY(m_world->window().close());
    QVERIFY(!isSeen());
    QCOMPARE(m_closing->size(), 1);
}

/// Hidden without a tray nobody would find it again.
void TrayTest::goneTrayHidesNothing()
{
    begin(true);
    QVERIFY(m_world->window().commands().trigger(keep));
    restart(false);
    QVERIFY(!m_world->window().commands().find(keep));
    QVERIFY(m_world->window().close());
    QCOMPARE(m_closing->size(), 1);
    // It was not forgotten.
    restart(true);
    QVERIFY(isOffered(leave));
}

void TrayTest::importedSettingsHoldAtOnce()
{
    begin(true);
    const QTemporaryDir folder;
    // Without an organization there is no file of settings.
    QCoreApplication::setOrganizationName(QStringLiteral("earshot"));
    const QString file = folder.filePath(QStringLiteral("settings.json"));
    CommandRegistry &commands = m_world->window().commands();
    auto &tools = *m_world->window().findChild<WorkspaceTools *>();
    QVERIFY(commands.trigger(keep));
    QVERIFY(commands.trigger(QStringLiteral("notifications.off")));
    tools.exportTo(file);
    QVERIFY(commands.trigger(leave));
    QVERIFY(commands.trigger(QStringLiteral("notifications.on")));
    tools.importFrom(file);
    QVERIFY(isOffered(leave) && !isOffered(keep));
    QVERIFY(isOffered(QStringLiteral("notifications.on")));
    QVERIFY(!m_world->window().close());
    QVERIFY(!isSeen());
    QCOMPARE(m_closing->size(), 0);
}

QTEST_MAIN(TrayTest)
#include "tst_tray.moc"
