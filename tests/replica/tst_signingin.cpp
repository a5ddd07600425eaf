// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"
#include "replica/sharedchannels.h"
#include "tests/networks/browser.h"

#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// A sign-in by browser from the desktop of a shared workspace happens on this machine.
class SigningInTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void browserBringsTheSecret();
    void whatIsCancelledEnds();
    void aSecondOneEndsTheFirst();
    void networksWithoutOneSaySo();
    void endsWithItsDesk();

private:
    [[nodiscard]] static Finding account();

    std::shared_ptr<FakeMastodon> m_network;
    SystemClock m_clock;
    std::unique_ptr<ServerConnection> m_connection; ///< to nobody
    std::unique_ptr<SharedChannels> m_channels;
};

void SigningInTest::init()
{
    m_channels.reset();
    m_network = std::make_shared<FakeMastodon>();
    m_connection = std::make_unique<ServerConnection>(QUrl(str("http://127.0.0.1:1")), Secret(), m_clock);
    m_channels = std::make_unique<SharedChannels>(*m_connection, m_clock, [network = m_network] {
        auto transport = std::make_unique<FakeTransport>();
        transport->add(network);
        return transport;
    });
}

Finding SigningInTest::account()
{
    Finding finding;
    finding.network = Network::mastodon;
    finding.address = str("@brand@social.example");
    finding.needsSignIn = true;
    return finding;
}

void SigningInTest::browserBringsTheSecret()
{
    m_network->addPerson(str("brand"));
    QSignalSpy pages(m_channels.get(), &ChannelService::signInPageReady);
    const QFuture<Result<Secret>> secret = m_channels->signIn(account());
    QTRY_COMPARE(pages.size(), 1);
    const QUrl back = m_network->decideInBrowser(pages.constFirst().constFirst().toUrl(), str("brand"));
    QVERIFY(visit(back).startsWith("HTTP/1.1 200"));
    QTRY_VERIFY(secret.isFinished());
    QVERIFY2(secret.result(), qPrintable(secret.result() ? QString() : secret.result().error().detail));
    QCOMPARE(secret.result()->reveal(), FakeMastodon::tokenOf(str("brand")));
}

void SigningInTest::whatIsCancelledEnds()
{
    QSignalSpy pages(m_channels.get(), &ChannelService::signInPageReady);
    const QFuture<Result<Secret>> secret = m_channels->signIn(account());
    QTRY_COMPARE(pages.size(), 1);
    m_channels->cancelSignIn();
    QTRY_VERIFY(secret.isFinished());
    QCOMPARE(secret.result().error().kind, ErrorKind::cancelled);
}

void SigningInTest::aSecondOneEndsTheFirst()
{
    QSignalSpy pages(m_channels.get(), &ChannelService::signInPageReady);
    const QFuture<Result<Secret>> first = m_channels->signIn(account());
    QTRY_COMPARE(pages.size(), 1);
    const QFuture<Result<Secret>> second = m_channels->signIn(account());
    QTRY_VERIFY(first.isFinished());
    QCOMPARE(first.result().error().kind, ErrorKind::cancelled);
    QTRY_COMPARE(pages.size(), 2);
    QVERIFY(!second.isFinished());
}

void SigningInTest::networksWithoutOneSaySo()
{
    Finding feed;
    feed.network = Network::feed;
    feed.address = str("https://shop.example/feed");
    const QFuture<Result<Secret>> secret = m_channels->signIn(feed);
    QTRY_VERIFY(secret.isFinished());
    QCOMPARE(secret.result().error().kind, ErrorKind::unsupported);
}

void SigningInTest::endsWithItsDesk()
{
    QSignalSpy pages(m_channels.get(), &ChannelService::signInPageReady);
    const QFuture<Result<Secret>> secret = m_channels->signIn(account());
    QTRY_COMPARE(pages.size(), 1);
    m_channels.reset();
    QVERIFY(secret.isFinished());
    QCOMPARE(secret.result().error().kind, ErrorKind::cancelled);
}

QTEST_GUILESS_MAIN(SigningInTest)
#include "tst_signingin.moc"
