// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"
#include "tests/streamserver.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

/// A channel that works by itself hears of news at once; it polls every quarter of a minute at most, so what comes
/// sooner comes by the stream.
class StreamTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void hintBecomesAPull();
    void hintComesWhileOurPostIsUnderWay();

private:
    /// How often the account's mentions were asked for.
    [[nodiscard]] int walks() const;
    void ask(const QString &text);

    std::unique_ptr<StreamServer> m_stream;
    std::unique_ptr<CourierWorld> m_world;
    std::shared_ptr<FakeMastodon> m_server;
};

void StreamTest::init()
{
    m_stream = std::make_unique<StreamServer>();
    m_world = std::make_unique<CourierWorld>([this](WorldClock &clock) {
        m_server = std::make_shared<FakeMastodon>(QStringLiteral("127.0.0.1"), FakeMastodon::Dialect::mastodon);
        m_server->setTime(clock.now());
        m_server->addPerson(QStringLiteral("acme"));
        m_server->addPerson(QStringLiteral("mira"));
        Act::AddChannel add;
        add.network = Network::mastodon;
        add.address = QStringLiteral("@acme@") + m_stream->host();
        return Place{m_server, add, FakeMastodon::tokenOf(QStringLiteral("acme"))};
    });
    ask(QStringLiteral("@acme it broke"));
    m_world->runner->beginSchedule();
    QTRY_VERIFY_WITH_TIMEOUT(m_stream->socket != nullptr, 30'000);
    // The first by the schedule, one more because nothing is replayed to who begins to listen.
    QTRY_VERIFY_WITH_TIMEOUT(walks() >= 2, 10'000);
    QTRY_COMPARE(allMessages(*m_world->workspace).size(), 1);
}

void StreamTest::cleanup()
{
    m_world.reset();
    m_stream.reset();
}

int StreamTest::walks() const
{
    const auto &requests = m_world->transport->requests();
    return int(std::count_if(requests.begin(), requests.end(), [](const HttpRequest &request) {
        return request.url.path() == QLatin1StringView("/api/v1/notifications");
    }));
}

void StreamTest::ask(const QString &text)
{
    m_world->clock.advance(1s);
    m_server->setTime(m_world->clock.now());
    m_server->post(QStringLiteral("mira"), text);
}

void StreamTest::hintBecomesAPull()
{
    const int before = walks();
    ask(QStringLiteral("@acme it broke again"));
    // Nobody has told yet.
    QCOMPARE(walks(), before);
    m_stream->hint();
    QTRY_VERIFY(walks() > before);
    QTRY_COMPARE(allMessages(*m_world->workspace).size(), 2);
}

void StreamTest::hintComesWhileOurPostIsUnderWay()
{
    const DeliveryId delivery = m_world->reply(QStringLiteral("We look into it"));
    QVERIFY(delivery.isValid());
    m_world->transport->holdAnswer([](const HttpRequest &request) {
        return request.method == "POST" && request.url.path() == QLatin1StringView("/api/v1/statuses");
    });
    const QFuture<ChannelReport> delivered = m_world->runner->deliver(true, false);
    QTRY_VERIFY(m_world->transport->isHolding());
    // The network has it and tells everybody who listens, us too; our answer is late.
    QCOMPARE(m_server->postsOf(QStringLiteral("acme")).size(), 1);
    const int before = walks();
    m_stream->hint();
    QTimer::singleShot(1s, m_world.get()->runner.get(), [this] { m_world->transport->letGo(); });
    const ChannelReport report = resultOf(delivered);
    QCOMPARE(report.sent, 1);
    QTRY_VERIFY(walks() > before);
    QTRY_COMPARE(m_world->channelRow().health, Health::ok);
    static_cast<void>(m_world->pull());
    QCOMPARE(allMessages(*m_world->workspace).size(), 2);
    QCOMPARE(m_world->job(delivery).state, DeliveryState::sent);
    QCOMPARE(m_server->postsOf(QStringLiteral("acme")).size(), 1);
}

QTEST_GUILESS_MAIN(StreamTest)
#include "tst_stream.moc"
