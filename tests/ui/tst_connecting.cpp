// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bykeys.h"
#include "tests/ui/scriptedservice.h"
#include "ui/settings/connectdialog.h"
#include "ui/shell/roster.h"

#include <QSpinBox>
#include <QTest>
#include <QUrl>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// A channel is connected without a pointer: Tab comes by everything in the order in which it is read, nothing holds
/// the keyboard, and whoever goes back or leaves loses nothing.
class ConnectingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void hashtagIsConnected();
    void whoGoesBackFindsWhatWasTyped();
    void whoGoesBackFindsTheSignIn();
    void whoGoesBackHasSignedIn();
    void escapeConnectsNothing();
    void signInIsInTheOrderOfReading_data();
    void signInIsInTheOrderOfReading();
    void failureLeavesTheKeyboardWhereItWas();

private:
    void press(const QString &keys) { m_keys->press(keys); }
    [[nodiscard]] bool isOpen(const char *name) const
    {
        const QWidget *one = m_world->widget(name);
        return one && one->isVisible();
    }
    [[nodiscard]] const ChannelRecord *channel(const QString &address) const;
    /// From the main window as far as the field for the address.
    void open();
    void find(const QString &address);
    /// On networks that answer what is said here, as far as the page that asks for the sign-in.
    void openScripted(const QList<Finding> &findings);
    void goBack();

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<ScriptedService> m_service;
    std::unique_ptr<ByKeys> m_keys;
};

void ConnectingTest::init()
{
    m_world = std::make_unique<WindowWorld>(60);
    m_service = std::make_unique<ScriptedService>();
    m_keys = std::make_unique<ByKeys>(*m_world);
    QTRY_VERIFY(m_world->isReady());
    QTRY_VERIFY(m_keys->has("conversations"));
}

void ConnectingTest::cleanup()
{
    m_world.reset();
    m_service.reset();
}

const ChannelRecord *ConnectingTest::channel(const QString &address) const
{
    for (const ChannelRecord &one : m_world->window().roster().channels()) {
        if (one.address == address)
            return &one;
    }
    return nullptr;
}

void ConnectingTest::open()
{
    m_keys->run(u"Channels…"_s);
    QTRY_VERIFY(m_keys->has("channelList"));
    m_keys->tabTo("connectChannel");
    press(u"Return"_s);
    QTRY_VERIFY2(m_keys->has("connectAddress"), qPrintable(ByKeys::nameOf(m_world->focus())));
}

void ConnectingTest::find(const QString &address)
{
    m_world->type(address);
    press(u"Return"_s);
    QTRY_VERIFY2(m_keys->has("connectFound"), qPrintable(m_world->textOf("connectState")));
}

void ConnectingTest::openScripted(const QList<Finding> &findings)
{
    auto *dialog = new ConnectDialog(m_world->desk(), *m_service, QList<ChannelRecord>(), &m_world->window());
    dialog->open();
    QTRY_VERIFY(m_keys->has("connectAddress"));
    m_world->type(u"acme"_s);
    press(u"Return"_s);
    m_service->discovery.answer(findings);
    QTRY_VERIFY(m_keys->has("connectFound"));
    press(u"Return"_s);
    QTRY_VERIFY2(m_keys->has("connectName"), qPrintable(ByKeys::nameOf(m_world->focus())));
    m_service->previewing.answer(fail(ErrorKind::authExpired));
}

void ConnectingTest::goBack()
{
    m_keys->tabTo("connectBack");
    press(u"Space"_s);
    QTRY_VERIFY2(m_keys->has("connectFound"), qPrintable(ByKeys::nameOf(m_world->focus())));
}

void ConnectingTest::hashtagIsConnected()
{
    open();
    m_keys->walkRound();
    QVERIFY(m_keys->has("connectAddress"));
    find(u"#lamp@social.example"_s);
    m_keys->walkRound();
    press(u"Return"_s);
    QTRY_VERIFY2(m_keys->has("connectName"), qPrintable(ByKeys::nameOf(m_world->focus())));
    m_keys->walkRound();
    m_world->type(u"Lamps"_s);
    m_keys->tabTo("connectDays");
    QCOMPARE(m_world->find<QSpinBox>("connectDays")->value(), 30);
    m_world->type(u"7"_s);
    m_keys->tabTo("connectWork");
    m_keys->goTo(u"All of it"_s);
    m_keys->tabTo("connectNext");
    press(u"Space"_s);
    QTRY_VERIFY(channel(u"#lamp@social.example"_s));
    const ChannelRecord &made = *channel(u"#lamp@social.example"_s);
    QCOMPARE(made.name, u"Lamps"_s);
    QCOMPARE(made.workSince, m_world->clock().now() - std::chrono::hours(7 * 24));
    // It is told there, and the keyboard is in the window again.
    QTRY_VERIFY(!isOpen("connectDialog"));
    QTRY_VERIFY(m_keys->dialog() && m_keys->dialog()->objectName() == u"channelsDialog"_s);
    QTRY_VERIFY(m_world->textOf("channelReport").contains(u"Lamps"_s));
    QVERIFY2(m_world->focus()->isVisible() && m_world->focus()->isEnabled(),
             qPrintable(ByKeys::nameOf(m_world->focus())));
    press(u"Esc"_s);
    QTRY_VERIFY2(m_keys->has("conversations"), qPrintable(ByKeys::nameOf(m_world->focus())));
}

void ConnectingTest::whoGoesBackFindsWhatWasTyped()
{
    open();
    find(u"#lamp@social.example"_s);
    press(u"Return"_s);
    QTRY_VERIFY(m_keys->has("connectName"));
    press(u"Ctrl+A"_s);
    m_world->type(u"Lamps"_s);
    m_keys->tabTo("connectBack");
    press(u"Space"_s);
    QTRY_VERIFY2(m_keys->has("connectFound"), qPrintable(ByKeys::nameOf(m_world->focus())));
    m_keys->tabTo("connectBack");
    press(u"Space"_s);
    QTRY_VERIFY2(m_keys->has("connectAddress"), qPrintable(ByKeys::nameOf(m_world->focus())));
    QCOMPARE(m_world->textOf("connectAddress"), u"#lamp@social.example"_s);
    press(u"Return"_s);
    QTRY_VERIFY(m_keys->has("connectFound"));
    press(u"Return"_s);
    QTRY_VERIFY(m_keys->has("connectName"));
    QCOMPARE(m_world->textOf("connectName"), u"Lamps"_s);
}

/// A password is typed once; of what else was found it says nothing.
void ConnectingTest::whoGoesBackFindsTheSignIn()
{
    Finding blog;
    blog.network = Network::wordpress;
    blog.address = blog.name = u"https://blog.example"_s;
    blog.needsUser = blog.needsPassword = blog.isBest = true;
    Finding other = blog;
    other.address = other.name = u"https://other.example"_s;
    other.isBest = false;
    openScripted({blog, other});
    m_keys->tabTo("signInUser");
    m_world->type(u"desk"_s);
    m_keys->tabTo("signInPassword");
    m_world->type(u"abcd efgh"_s);
    goBack();
    press(u"Return"_s);
    QTRY_VERIFY(m_keys->has("connectName"));
    QCOMPARE(m_world->textOf("signInUser"), u"desk"_s);
    QCOMPARE(m_world->textOf("signInPassword").size(), 9);
    QVERIFY(m_world->widget("connectNext")->isEnabled());
    // What is there is read with it at once.
    QCOMPARE(m_service->previewed.constLast().finding, blog);
    QCOMPARE(m_service->previewed.constLast().user, u"desk"_s);
    QCOMPARE(m_service->previewed.constLast().secret.reveal(), QByteArrayLiteral("abcd efgh"));
    goBack();
    press(u"Down Return"_s);
    QTRY_VERIFY(m_keys->has("connectName"));
    QCOMPARE(m_world->textOf("signInUser"), QString());
    QCOMPARE(m_world->textOf("signInPassword"), QString());
    QVERIFY(!m_world->widget("connectNext")->isEnabled());
    QVERIFY(m_service->previewed.constLast().secret.isEmpty());
}

/// One that is under way ends; one that was given stays.
void ConnectingTest::whoGoesBackHasSignedIn()
{
    Finding account;
    account.network = Network::mastodon;
    account.address = account.name = u"@acme@social.example"_s;
    account.needsSignIn = true;
    openScripted({account});
    m_keys->tabTo("signInBrowser");
    press(u"Space"_s);
    QVERIFY(m_service->signingIn.isOpen());
    goBack();
    QCOMPARE(m_service->cancelled, 1);
    press(u"Return"_s);
    QTRY_VERIFY(m_keys->has("connectName"));
    QVERIFY(!m_world->widget("connectNext")->isEnabled());
    m_keys->tabTo("signInBrowser");
    press(u"Space"_s);
    m_service->signingIn.answer(Secret(QByteArrayLiteral("token")));
    QTRY_VERIFY(m_world->widget("connectNext")->isEnabled());
    goBack();
    press(u"Return"_s);
    QTRY_VERIFY(m_keys->has("connectName"));
    QVERIFY(m_world->widget("connectNext")->isEnabled());
    QCOMPARE(m_service->previewed.constLast().secret.reveal(), QByteArrayLiteral("token"));
}

void ConnectingTest::escapeConnectsNothing()
{
    const qsizetype before = m_world->window().roster().channels().size();
    for (int pages = 0; pages < 3; ++pages) {
        open();
        if (pages > 0)
            find(u"#lamp@social.example"_s);
        if (pages > 1) {
            press(u"Return"_s);
            QTRY_VERIFY(m_keys->has("connectName"));
        }
        press(u"Esc"_s);
        QTRY_VERIFY(!isOpen("connectDialog"));
        QTRY_VERIFY2(m_keys->has("connectChannel"), qPrintable(ByKeys::nameOf(m_world->focus())));
        press(u"Esc"_s);
        QTRY_VERIFY2(m_keys->has("conversations"), qPrintable(ByKeys::nameOf(m_world->focus())));
    }
    QCOMPARE(m_world->window().roster().channels().size(), before);
}

void ConnectingTest::signInIsInTheOrderOfReading_data()
{
    QTest::addColumn<Network>("network");
    QTest::newRow("Mastodon") << Network::mastodon;
    QTest::newRow("Bluesky") << Network::bluesky;
    QTest::newRow("WordPress") << Network::wordpress;
}

void ConnectingTest::signInIsInTheOrderOfReading()
{
    QFETCH(Network, network);
    Finding finding;
    finding.network = network;
    finding.address = finding.name = u"acme"_s;
    finding.needsSignIn = network != Network::wordpress;
    finding.needsPassword = network != Network::mastodon;
    finding.needsUser = network == Network::wordpress;
    openScripted({finding});
    m_keys->walkRound();
    QVERIFY(m_keys->has("connectName"));
    if (finding.needsSignIn) {
        // The page that the browser is to be sent to is read on the way, too.
        m_keys->tabTo("signInBrowser");
        press(u"Space"_s);
        Q_EMIT m_service->signInPageReady(QUrl(u"about:blank"_s));
        QTRY_VERIFY(isOpen("signInPage"));
        QVERIFY(m_keys->has("signInBrowser"));
        m_keys->walkRound();
        m_keys->tabTo("signInPage");
    }
    press(u"Esc"_s);
    QTRY_VERIFY(!isOpen("connectDialog"));
    QTRY_VERIFY2(m_keys->has("conversations"), qPrintable(ByKeys::nameOf(m_world->focus())));
    QVERIFY(!m_service->added);
}

/// Whoever pressed the button tries it again by the same key; nobody cancels by chance.
void ConnectingTest::failureLeavesTheKeyboardWhereItWas()
{
    Finding finding;
    finding.network = Network::feed;
    finding.address = finding.name = u"https://blog.example/feed"_s;
    openScripted({finding});
    m_keys->tabTo("connectNext");
    press(u"Space"_s);
    QVERIFY(m_service->adding.isOpen());
    // A second press, too early.
    press(u"Space"_s);
    QVERIFY(isOpen("connectDialog"));
    m_service->adding.answer(fail(ErrorKind::transient));
    QTRY_VERIFY(m_world->widget("connectNext")->isEnabled());
    QVERIFY2(m_keys->has("connectNext"), qPrintable(ByKeys::nameOf(m_world->focus())));
    press(u"Space"_s);
    QVERIFY(m_service->adding.isOpen());
    m_service->adding.answer(ChannelId(7));
    QTRY_VERIFY(!isOpen("connectDialog"));
}

QTEST_MAIN(ConnectingTest)
#include "tst_connecting.moc"
