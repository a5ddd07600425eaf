// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"
#include "fakes/fakebluesky.h"

#include <QTest>

#include <algorithm>

using namespace Earshot;

/// What Bluesky's own ways mean for "at most once": answers that somebody deleted meanwhile, messages without a key.
class BlueskySendsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deletedAnswerStaysDeleted();
    void lostMessageIsFound();
    void messageThatIsNotFoundIsForAPerson();
};

namespace {

struct BlueskyWorld
{
    BlueskyWorld()
        : server(std::make_shared<FakeBluesky>())
        , world([this](WorldClock &clock) {
            server->setTime(clock.now());
            server->setPrivileged(true);
            server->addPerson(QStringLiteral("brand"));
            server->addPerson(QStringLiteral("mira"));
            Place place;
            place.network = server;
            place.add.network = Network::bluesky;
            place.add.address = QStringLiteral("@brand.pds.example");
            place.secret = FakeBluesky::passwordOf(QStringLiteral("brand"));
            return place;
        })
    {
    }
    void advance(Duration by)
    {
        world.clock.advance(by);
        server->setTime(world.clock.now());
    }
    [[nodiscard]] DeliveryId reply(const QString &text, Visibility visibility)
    {
        Act::SendReply reply;
        reply.conversation = ConversationId(1);
        reply.text = text;
        reply.visibility = visibility;
        const Outcome outcome = resultOf(world.desk->perform({makeAction(reply, world.clock.now())})).constFirst();
        return outcome.isApplied() ? DeliveryId(outcome.created) : DeliveryId();
    }
    /// Pulls, and answers "one" and "two"; the second meets a trouble at its request for a method.
    /// @return the second's delivery, not valid when the first was not sent
    [[nodiscard]] DeliveryId answerTwice(Visibility visibility, const QString &method, Trouble trouble)
    {
        if (world.pull().error || !reply(QStringLiteral("one"), visibility).isValid())
            return {};
        world.transport->forgetRequests();
        if (world.deliver().sent != 1)
            return {};
        // Both make the same requests.
        const auto &requests = world.transport->requests();
        const auto met = std::find_if(requests.begin(), requests.end(), [&method](const HttpRequest &request) {
            return request.url.path().endsWith(method);
        });
        const int place = int(met - requests.begin());
        advance(std::chrono::seconds(5));
        const DeliveryId second = reply(QStringLiteral("two"), visibility);
        world.transport->setTrouble(place, trouble);
        static_cast<void>(world.deliver());
        return second;
    }
    [[nodiscard]] QStringList talk()
    {
        return server->chat().textsBetween(server->didOf(QStringLiteral("brand")),
                                           server->didOf(QStringLiteral("mira")));
    }
    std::shared_ptr<FakeBluesky> server;
    CourierWorld world;
};

} // namespace

void BlueskySendsTest::deletedAnswerStaysDeleted()
{
    BlueskyWorld bluesky;
    CourierWorld &world = bluesky.world;
    static_cast<void>(bluesky.server->post(QStringLiteral("mira"), QStringLiteral("@brand.pds.example it broke")));
    const DeliveryId delivery =
        bluesky.answerTwice(Visibility::everyone, QStringLiteral("putRecord"), Trouble::answerLost);
    QVERIFY(delivery.isValid());
    QCOMPARE(world.job(delivery).state, DeliveryState::unsure);
    const QStringList posts = bluesky.server->postsOf(QStringLiteral("brand"));
    QCOMPARE(posts.size(), 2);
    // Somebody sees it there and takes it away, before this machine comes back.
    bluesky.server->remove(posts.last());
    bluesky.advance(std::chrono::minutes(20));
    static_cast<void>(world.deliver());
    QCOMPARE(world.job(delivery).state, DeliveryState::unsure);
    QCOMPARE(world.job(delivery).failure, QStringLiteral("notFoundOnNetwork"));
    static_cast<void>(world.deliver());
    QCOMPARE(bluesky.server->postsOf(QStringLiteral("brand")), QStringList{posts.first()});
}

void BlueskySendsTest::lostMessageIsFound()
{
    BlueskyWorld bluesky;
    CourierWorld &world = bluesky.world;
    bluesky.server->writeTo(QStringLiteral("mira"), QStringLiteral("brand"), QStringLiteral("my order?"));
    const DeliveryId delivery =
        bluesky.answerTwice(Visibility::direct, QStringLiteral("sendMessage"), Trouble::answerLost);
    QVERIFY(delivery.isValid());
    QCOMPARE(world.job(delivery).state, DeliveryState::unsure);
    QCOMPARE(bluesky.talk().size(), 3);
    bluesky.advance(std::chrono::minutes(3));
    static_cast<void>(world.deliver());
    QCOMPARE(world.job(delivery).state, DeliveryState::sent);
    QVERIFY(!world.pull().error);
    QCOMPARE(bluesky.talk().size(), 3);
    QCOMPARE(world.storedMessages(), 3);
}

void BlueskySendsTest::messageThatIsNotFoundIsForAPerson()
{
    BlueskyWorld bluesky;
    CourierWorld &world = bluesky.world;
    bluesky.server->writeTo(QStringLiteral("mira"), QStringLiteral("brand"), QStringLiteral("my order?"));
    const DeliveryId delivery =
        bluesky.answerTwice(Visibility::direct, QStringLiteral("sendMessage"), Trouble::serverError);
    QVERIFY(delivery.isValid());
    // No key makes a repeat harmless, however young it is.
    for (int i = 0; i < 3; ++i) {
        bluesky.advance(std::chrono::minutes(2));
        static_cast<void>(world.deliver());
        QCOMPARE(world.job(delivery).state, DeliveryState::unsure);
        QCOMPARE(world.job(delivery).failure, QStringLiteral("notFoundOnNetwork"));
        QCOMPARE(bluesky.talk().size(), 2);
    }
}

QTEST_GUILESS_MAIN(BlueskySendsTest)
#include "tst_blueskysends.moc"
