// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/sharedbudget.h"

#include "blueskybench.h"

using namespace Earshot;

static const auto brand = QStringLiteral("brand");
static const auto mira = QStringLiteral("mira");

/// Two channels on one server.
class SharedBudgetTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void spentBudgetIsSpentForAll();
    void othersGoOn();
    void signingInHasALimitOfItsOwn();
    void futuresEndWithTheTransport();

private:
    [[nodiscard]] std::unique_ptr<BlueskyConnector> channel(const QString &name);

    TestClock m_clock;
    std::shared_ptr<FakeBluesky> m_server;
    FakeTransport *m_wire = nullptr;
    std::unique_ptr<SharedBudget> m_budget;
};

void SharedBudgetTest::init()
{
    m_server = std::make_shared<FakeBluesky>();
    m_server->addPerson(brand);
    m_server->addPerson(mira);
    m_clock.value = m_server->time();
    auto wire = std::make_unique<FakeTransport>();
    wire->add(m_server);
    m_wire = wire.get();
    m_budget = std::make_unique<SharedBudget>(std::move(wire), m_clock);
}

std::unique_ptr<BlueskyConnector> SharedBudgetTest::channel(const QString &name)
{
    ChannelAccess access;
    access.network = Network::bluesky;
    access.address = QStringLiteral("https://pds.example/profile/") + m_server->handleOf(name);
    access.secret = Secret(FakeBluesky::passwordOf(name));
    return std::make_unique<BlueskyConnector>(access, NetworkSetting{.http = m_budget.get(), .clock = &m_clock});
}

void SharedBudgetTest::spentBudgetIsSpentForAll()
{
    const auto first = channel(brand);
    const auto second = channel(mira);
    QVERIFY(await(first->pull({})));
    QVERIFY(await(second->pull({})));
    const Time reset = timeFromMs(toMs(m_clock.value) / 1000 * 1000 + 60'000);
    m_server->setLimit(1, reset);
    QCOMPARE(await(first->pull({})).error().kind, ErrorKind::rateLimited);
    m_wire->forgetRequests();
    // The other one does not even ask, and nothing of an answer leaves.
    const auto refused = await(second->pull({}));
    QCOMPARE(refused.error().kind, ErrorKind::rateLimited);
    QCOMPARE(refused.error().until, reset);
    Outgoing outgoing;
    outgoing.targetUri = QStringLiteral("at://did:plc:x/app.bsky.feed.post/3n2uehs7dcc27");
    QCOMPARE(await(second->deliver(outgoing)).error().kind, ErrorKind::rateLimited);
    QVERIFY(m_wire->requests().empty());
    m_clock.value = reset;
    m_server->setLimit(3000, reset);
    QVERIFY(await(second->pull({})));
    QVERIFY(await(first->pull({})));
}

void SharedBudgetTest::othersGoOn()
{
    const auto first = channel(brand);
    QVERIFY(await(first->pull({})));
    m_server->setLimit(1, m_clock.value + std::chrono::minutes(1));
    QVERIFY(!await(first->pull({})));
    m_server->setLimit(-1, {});
    HttpRequest elsewhere;
    elsewhere.url = QUrl(QStringLiteral("https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=") +
                         m_server->handleOf(mira));
    QCOMPARE(await(m_budget->exchange(elsewhere))->status, 200);
    elsewhere.url.setHost(QStringLiteral("pds.example"));
    QCOMPARE(await(m_budget->exchange(elsewhere)).error().kind, ErrorKind::rateLimited);
}

void SharedBudgetTest::signingInHasALimitOfItsOwn()
{
    const Time reset = m_clock.value + std::chrono::minutes(5);
    m_server->setLimit(0, reset);
    // Too many sign-ins of one account: the others on the server have nothing to do with it.
    const auto refused = await(channel(brand)->check());
    QCOMPARE(refused.error().kind, ErrorKind::rateLimited);
    QVERIFY(refused.error().until > m_clock.value);
    m_server->setLimit(-1, {});
    QVERIFY(await(channel(mira)->check()));
}

void SharedBudgetTest::futuresEndWithTheTransport()
{
    HttpRequest request;
    request.url = QUrl(QStringLiteral("https://pds.example/xrpc/com.atproto.server.describeServer"));
    const auto future = m_budget->exchange(request);
    m_budget.reset();
    QVERIFY(await(future));
}

QTEST_GUILESS_MAIN(SharedBudgetTest)
#include "tst_sharedbudget.moc"
