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
    /// The trouble meets the first request for a method; the deliveries before tell which one that is.
    [[nodiscard]] int placeOf(const QString &method) const
    {
        const auto &requests = world.transport->requests();
        const auto found = std::find_if(requests.begin(), requests.end(), [&method](const HttpRequest &request) {
            return request.url.path().endsWith(method);
        });
        return int(found - requests.begin());
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
    QVERIFY(!world.pull().error);
    QVERIFY(bluesky.reply(QStringLiteral("one"), Visibility::everyone).isValid());
    world.transport->forgetRequests();
    QCOMPARE(world.deliver().sent, 1);
    const int put = bluesky.placeOf(QStringLiteral("putRecord"));

    bluesky.advance(std::chrono::seconds(5));
    const DeliveryId delivery = bluesky.reply(QStringLiteral("two"), Visibility::everyone);
    world.transport->setTrouble(put, Trouble::answerLost);
    static_cast<void>(world.deliver());
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
    QVERIFY(!world.pull().error);
    QVERIFY(bluesky.reply(QStringLiteral("one"), Visibility::direct).isValid());
    world.transport->forgetRequests();
    QCOMPARE(world.deliver().sent, 1);
    const int send = bluesky.placeOf(QStringLiteral("sendMessage"));
    bluesky.advance(std::chrono::seconds(5));
    const DeliveryId delivery = bluesky.reply(QStringLiteral("two"), Visibility::direct);
    world.transport->setTrouble(send, Trouble::answerLost);
    static_cast<void>(world.deliver());
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
    QVERIFY(!world.pull().error);
    QVERIFY(bluesky.reply(QStringLiteral("one"), Visibility::direct).isValid());
    world.transport->forgetRequests();
    QCOMPARE(world.deliver().sent, 1);
    const int send = bluesky.placeOf(QStringLiteral("sendMessage"));
    bluesky.advance(std::chrono::seconds(5));
    const DeliveryId delivery = bluesky.reply(QStringLiteral("two"), Visibility::direct);
    world.transport->setTrouble(send, Trouble::serverError);
    static_cast<void>(world.deliver());
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
