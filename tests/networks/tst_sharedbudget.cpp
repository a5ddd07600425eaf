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
    void writesAreCountedByPoints();
    void dayHasALimitToo();
    void limitOfWritingStopsNoReading();
    void futuresEndWithTheTransport();

private:
    /// Writes a like (put) or takes it back, as a channel's connector would. @return what the transport says
    [[nodiscard]] Result<HttpAnswer> write(const QString &name, const char *method);
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

Result<HttpAnswer> SharedBudgetTest::write(const QString &name, const char *method)
{
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(QStringLiteral("https://pds.example/xrpc/com.atproto.repo.%1").arg(QLatin1StringView(method)));
    request.hasEffect = true;
    request.body = R"({"repo":")" + m_server->didOf(name).toUtf8() + R"(","collection":"x","rkey":"y"})";
    return await(m_budget->exchange(request));
}

void SharedBudgetTest::writesAreCountedByPoints()
{
    const Time begun = m_clock.value;
    // 3 + 2 * 2498 + 1: all of the hour's 5,000.
    QVERIFY(write(brand, "createRecord"));
    for (int i = 0; i < 2'498; ++i)
        QVERIFY(write(brand, "putRecord"));
    QVERIFY(write(brand, "deleteRecord"));
    m_wire->forgetRequests();
    const auto refused = write(brand, "deleteRecord");
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::rateLimited);
    QVERIFY(refused.error().until > begun + std::chrono::minutes(59));
    QVERIFY(refused.error().until <= begun + std::chrono::minutes(61));
    // So for every channel of the account: nothing is sent, and surely nothing happened.
    const auto other = channel(brand);
    QVERIFY(await(other->pull({})));
    const QString asked = m_server->post(mira, QStringLiteral("@brand.pds.example help"));
    m_clock.value += std::chrono::seconds(1);
    Outgoing like;
    like.effect = Effect::like;
    like.clientId = QStringLiteral("c-1");
    like.targetUri = asked;
    like.createdAt = m_clock.now();
    const auto later = await(other->deliver(like));
    QCOMPARE(later.error().kind, ErrorKind::rateLimited);
    QCOMPARE(later.error().until, refused.error().until);
    QCOMPARE(m_server->likes(asked), 0);
    // Others on the server have their own, and so has the same account elsewhere. Reading goes on.
    QVERIFY(write(mira, "putRecord"));
    QVERIFY(await(other->pull({})));
    m_clock.value = refused.error().until;
    m_server->setTime(m_clock.value);
    QVERIFY(await(other->deliver(like)));
    QCOMPARE(m_server->likes(asked), 1);
}

void SharedBudgetTest::dayHasALimitToo()
{
    PointBudget budget({{std::chrono::hours(1), 5'000}, {std::chrono::hours(24), 35'000}});
    Time now = m_clock.value;
    const Time begun = now;
    for (int hour = 0; hour < 7; ++hour) {
        QVERIFY(budget.mayBeginAt(brand, 5'000, now) <= now);
        budget.spend(brand, 5'000, now);
        const Time next = budget.mayBeginAt(brand, 1, now);
        QVERIFY(next > now);
        if (hour < 6)
            QVERIFY(next <= now + std::chrono::minutes(61));
        else
            QVERIFY(next > begun + std::chrono::hours(24) && next <= begun + std::chrono::minutes(24 * 60 + 1));
        now = next;
    }
    QVERIFY(budget.mayBeginAt(brand, 5'000, now) <= now);
    QVERIFY(budget.mayBeginAt(brand, 5'001, now) > now);
    QVERIFY(budget.mayBeginAt(mira, 5'000, begun) <= begun);
}

void SharedBudgetTest::limitOfWritingStopsNoReading()
{
    const auto first = channel(brand);
    const auto second = channel(mira);
    QVERIFY(await(first->pull({})));
    QVERIFY(await(second->pull({})));
    const QString asked = m_server->post(mira, QStringLiteral("@brand.pds.example help"));
    m_clock.value = m_server->time();
    const auto like = [&](const char *clientId) {
        Outgoing outgoing;
        outgoing.effect = Effect::like;
        outgoing.clientId = QLatin1StringView(clientId);
        outgoing.targetUri = asked;
        outgoing.createdAt = m_clock.now();
        return outgoing;
    };
    QSignalSpy told(first.get(), &Connector::limitTold);
    // The last points of the hour: the answer says so, with the same headers as a limit of all calls.
    m_server->setLimit(2'900, m_clock.value + std::chrono::minutes(5));
    m_server->setWriteLimits(2, 35'000);
    QVERIFY(await(first->deliver(like("c-1"))));
    for (const QList<QVariant> &limit : told)
        QVERIFY(limit.first().toInt() > 2'000);
    Outgoing unlike = like("c-2");
    unlike.effect = Effect::unlike;
    m_wire->forgetRequests();
    const auto refused = await(first->deliver(unlike));
    QCOMPARE(refused.error().kind, ErrorKind::rateLimited);
    QVERIFY(refused.error().until > m_clock.value + std::chrono::minutes(59));
    for (const HttpRequest &request : m_wire->requests())
        QVERIFY(!request.hasEffect);
    // It is read on, and others write.
    QVERIFY(await(first->pull({})));
    QVERIFY(await(second->deliver(like("c-3"))));
    QCOMPARE(m_server->likes(asked), 2);
    // Refused outright, as another program of the account has spent its points, or we have before a restart.
    m_clock.value += std::chrono::minutes(61);
    m_server->setTime(m_clock.value);
    m_server->setWriteLimits(1, 35'000);
    const QString more = m_server->post(brand, QStringLiteral("We are open"));
    const auto other = [&] {
        Outgoing outgoing = like("c-4");
        outgoing.targetUri = more;
        return outgoing;
    }();
    const auto denied = await(second->deliver(other));
    QCOMPARE(denied.error().kind, ErrorKind::rateLimited);
    QVERIFY(denied.error().until > m_clock.value + std::chrono::minutes(50));
    QVERIFY(await(second->pull({})));
    QVERIFY(await(first->pull({})));
    m_clock.value = denied.error().until;
    m_server->setTime(m_clock.value);
    m_server->setLimit(2'900, m_clock.value + std::chrono::minutes(5));
    m_server->setWriteLimits(5'000, 35'000);
    QVERIFY(await(second->deliver(other)));
    QCOMPARE(m_server->likes(more), 1);
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
