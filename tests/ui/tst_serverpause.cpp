// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/shareddesktop.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/translations.h"
#include "ui/window/topbar.h"

#include <QSettings>
#include <QStandardPaths>
#include <QToolButton>

using namespace Earshot;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A server was down or asleep: each desktop says from when to when nothing was heard, as one that listens itself does.
class ServerPauseTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        installTranslations(*qApp);
    }
    void init();
    void cleanup();
    void openWindowIsTold();
    void windowOpenedMeanwhileIsTold();
    void whoComesLaterReadsItInTheStatus();
    void whoOpensTheSameDesktopLaterReadsItInTheStatus();
    void channelInTroubleIsNotWaitedFor();
    void onlyChannelsInSightCount();

private:
    void openDesktop(AgentId agent, quint16 port = 0)
    {
        static auto *appearance = new Appearance(*qApp);
        m_desktop.reset();
        m_desktop = std::make_unique<SharedDesktop>(*m_world, agent, *appearance, port);
        QTRY_VERIFY(m_desktop->window().roster().isLoaded());
    }
    /// It was down for the night and is here again, nothing pulled yet.
    void pauseServer()
    {
        const Time until = m_world->clock().now();
        m_world->clock().advance(14h);
        QVERIFY(m_intake->storePause({until, m_world->clock().now()}).result().has_value());
    }
    void pulled(ChannelId channel)
    {
        const auto stored = m_intake->storeNextPull(channel, m_world->clock().now() + 1min, false);
        QVERIFY(stored.result().has_value());
    }
    void setHealth(ChannelId channel, Health health)
    {
        QVERIFY(m_intake->storeHealth(channel, health, {}, {}).result().has_value());
    }
    /// Waits until something is shown that came after all else.
    void seeLaterTrouble(const QString &expected)
    {
        setHealth(ServerWorld::sales, Health::unreachable);
        QTRY_COMPARE(status()->text(), expected);
    }
    void passTime(Duration time)
    {
        m_world->clock().advance(time);
        m_desktop->window().findChild<QTimer *>(u"listeningWatch"_s)->start(5);
    }
    [[nodiscard]] QToolButton *status() { return m_desktop->window().findChild<QToolButton *>(u"statusButton"_s); }
    [[nodiscard]] QString explanation() { return status()->accessibleDescription(); }
    [[nodiscard]] QString bar() { return m_desktop->window().findChild<MessageBar *>()->text(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<SharedDesktop> m_desktop;
};

void ServerPauseTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->filePath(u"settings"_s));
    m_world = std::make_unique<ServerWorld>();
    m_intake = std::make_unique<Intake>(m_world->workspace());
    for (const ChannelId channel : {ServerWorld::open, ServerWorld::sales}) {
        setHealth(channel, Health::ok);
        pulled(channel);
    }
}

void ServerPauseTest::cleanup()
{
    m_desktop.reset();
    m_intake.reset();
    m_world.reset();
}

void ServerPauseTest::openWindowIsTold()
{
    openDesktop(ServerWorld::kim);
    QTRY_COMPARE(status()->text(), u"Up to date"_s);
    QVERIFY(!explanation().contains(u"Not listening"_s));
    pauseServer();
    QTRY_COMPARE(status()->text(), u"Catching up: 2 channels"_s);
    QCOMPARE(m_desktop->window().findChild<TopBar *>()->sign(), TopBar::Sign::busy);
    QTRY_VERIFY2(bar().startsWith(u"Not listening from "_s), qPrintable(bar()));
    QVERIFY2(bar().endsWith(u"the server was down or asleep. What was written meanwhile arrives now."_s),
             qPrintable(bar()));
    QVERIFY(explanation().contains(u"Not listening from "_s));
    pulled(ServerWorld::open);
    QTRY_COMPARE(status()->text(), u"Catching up: 1 channel"_s);
    // What was closed does not come again with the next channel.
    m_desktop->window().findChild<MessageBar *>()->clear();
    pulled(ServerWorld::sales);
    QTRY_COMPARE(status()->text(), u"Up to date"_s);
    QVERIFY2(explanation().contains(u"What was written meanwhile has arrived."_s), qPrintable(explanation()));
    seeLaterTrouble(u"1 channel with trouble"_s);
    QCOMPARE(bar(), QString());
}

void ServerPauseTest::windowOpenedMeanwhileIsTold()
{
    pauseServer();
    openDesktop(ServerWorld::kim);
    QTRY_COMPARE(status()->text(), u"Catching up: 2 channels"_s);
    QTRY_VERIFY2(bar().startsWith(u"Not listening from "_s), qPrintable(bar()));
}

void ServerPauseTest::whoComesLaterReadsItInTheStatus()
{
    pauseServer();
    pulled(ServerWorld::open);
    pulled(ServerWorld::sales);
    m_world->clock().advance(1h);
    openDesktop(ServerWorld::kim);
    QTRY_COMPARE(status()->text(), u"Up to date"_s);
    QVERIFY2(explanation().contains(u"What was written meanwhile has arrived."_s), qPrintable(explanation()));
    // The next day nobody asks any more.
    passTime(24h);
    QTRY_VERIFY2(!explanation().contains(u"Not listening"_s), qPrintable(explanation()));
    seeLaterTrouble(u"1 channel with trouble"_s);
    QCOMPARE(bar(), QString());
    setHealth(ServerWorld::sales, Health::ok);
    openDesktop(ServerWorld::kim);
    QTRY_COMPARE(status()->text(), u"Up to date"_s);
    QVERIFY2(!explanation().contains(u"Not listening"_s), qPrintable(explanation()));
}

/// It begins with what it knew in the evening, when the server had not paused yet.
void ServerPauseTest::whoOpensTheSameDesktopLaterReadsItInTheStatus()
{
    const quint16 port = m_world->server().port();
    openDesktop(ServerWorld::kim, port);
    QTRY_COMPARE(status()->text(), u"Up to date"_s);
    m_desktop->quit();
    pauseServer();
    pulled(ServerWorld::open);
    pulled(ServerWorld::sales);
    m_world->stopServer();
    m_desktop->start(DeskStatus::Kind::offline);
    QTRY_VERIFY(m_desktop->window().roster().isLoaded());
    m_world->start({}, port);
    QTRY_COMPARE(status()->text(), u"Up to date"_s);
    QTRY_VERIFY2(explanation().contains(u"What was written meanwhile has arrived."_s), qPrintable(explanation()));
    seeLaterTrouble(u"1 channel with trouble"_s);
    QCOMPARE(bar(), QString());
}

/// A sign-in that has ended lets nothing through, perhaps for weeks: not each start of a desktop tells of the pause.
void ServerPauseTest::channelInTroubleIsNotWaitedFor()
{
    pauseServer();
    setHealth(ServerWorld::open, Health::signIn);
    openDesktop(ServerWorld::kim);
    QTRY_VERIFY2(bar().endsWith(u"What was written meanwhile arrives now."_s), qPrintable(bar()));
    QCOMPARE(status()->text(), u"1 channel with trouble"_s);
    pulled(ServerWorld::sales);
    openDesktop(ServerWorld::kim);
    seeLaterTrouble(u"2 channels with trouble"_s);
    QCOMPARE(bar(), QString());
    // Also where the trouble is over and nothing has come yet.
    setHealth(ServerWorld::sales, Health::ok);
    setHealth(ServerWorld::open, Health::ok);
    QTRY_COMPARE(status()->text(), u"Catching up: 1 channel"_s);
    QVERIFY2(explanation().contains(u"Not listening from "_s), qPrintable(explanation()));
    passTime(13h);
    QTRY_VERIFY2(!explanation().contains(u"Not listening"_s), qPrintable(explanation()));
    openDesktop(ServerWorld::kim);
    QTRY_COMPARE(status()->text(), u"Catching up: 1 channel"_s);
    QVERIFY2(!explanation().contains(u"Not listening"_s), qPrintable(explanation()));
    seeLaterTrouble(u"1 channel with trouble"_s);
    QCOMPARE(bar(), QString());
}

/// Bo does not see the channel of the team Sales.
void ServerPauseTest::onlyChannelsInSightCount()
{
    openDesktop(ServerWorld::bo);
    QTRY_COMPARE(status()->text(), u"Up to date"_s);
    pauseServer();
    QTRY_COMPARE(status()->text(), u"Catching up: 1 channel"_s);
    pulled(ServerWorld::open);
    QTRY_COMPARE(status()->text(), u"Up to date"_s);
}

QTEST_MAIN(ServerPauseTest)
#include "tst_serverpause.moc"
