// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"
#include "fakes/fakebluesky.h"

#include "workspace/mediafolder.h"
#include "workspace/queries.h"

#include <QImage>
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
    void answerBelowOurPostIsHidden();
    void smallerPictureIsTold();
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

void BlueskySendsTest::answerBelowOurPostIsHidden()
{
    BlueskyWorld bluesky;
    CourierWorld &world = bluesky.world;
    const QString brand = QStringLiteral("brand");
    const QString mira = QStringLiteral("mira");
    const QString root = bluesky.server->post(brand, QStringLiteral("We have opened"));
    const QString spam = bluesky.server->post(mira, QStringLiteral("Cheap watches"), {.inReplyTo = root});
    const QString asked = bluesky.server->post(mira, QStringLiteral("@brand.pds.example it broke"));
    bluesky.advance(std::chrono::minutes(1));
    QVERIFY(!world.pull().error);
    QVERIFY(world.channelRow().capabilities.canHideBelowOwn);
    const auto stored = [&world](const QString &uri) {
        const QList<MessageRecord> all = allMessages(*world.workspace);
        const auto found = std::find_if(all.cbegin(), all.cend(), [&](const auto &one) { return one.uri == uri; });
        return found == all.cend() ? MessageRecord() : *found;
    };
    const auto wish = [&world, &stored](const QString &uri, Effect effect) {
        const Action action = makeAction(Act::PerformEffect{stored(uri).id, effect}, world.clock.now());
        return resultOf(world.desk->perform({action})).constFirst();
    };
    const auto conversation = [&](const QString &uri) {
        return world.workspace->readNow<QList<ConversationRecord>>([id = stored(uri).conversation](Database &database) {
            return loadConversations(database, {id}, AgentId(1), Time());
        });
    };
    QVERIFY(conversation(spam)->constFirst().isThreadOurs);
    QVERIFY(!conversation(asked)->constFirst().isThreadOurs);
    // In others' threads the wish is refused at once.
    QVERIFY(!wish(asked, Effect::hide).isApplied());
    QVERIFY(!wish(spam, Effect::spam).isApplied());
    QVERIFY(wish(spam, Effect::hide).isApplied());
    QCOMPARE(world.deliver().sent, 1);
    QCOMPARE(stored(spam).moderation, Moderation::hidden);
    // It stays so when the network is asked again.
    bluesky.server->edit(spam, QStringLiteral("Cheap clocks"));
    bluesky.advance(std::chrono::minutes(1));
    QVERIFY(!world.pull().error);
    QCOMPARE(stored(spam).moderation, Moderation::hidden);
    QVERIFY(wish(spam, Effect::approve).isApplied());
    QCOMPARE(world.deliver().sent, 1);
    QCOMPARE(stored(spam).moderation, Moderation::none);
}

void BlueskySendsTest::smallerPictureIsTold()
{
    BlueskyWorld bluesky;
    CourierWorld &world = bluesky.world;
    static_cast<void>(bluesky.server->post(QStringLiteral("mira"), QStringLiteral("@brand.pds.example how?")));
    QVERIFY(!world.pull().error);
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = QStringLiteral("like this");
    for (const int width : {3'000, 300}) {
        const QString name = world.folder.filePath(QStringLiteral("%1.png").arg(width));
        QImage picture(width, 200, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QVERIFY(picture.save(name));
        const auto kept = keepMedia(world.workspace->mediaFolder(), name, QStringLiteral("red"));
        QVERIFY(kept);
        reply.media.append(*kept);
    }
    const Outcome outcome = resultOf(world.desk->perform({makeAction(reply, world.clock.now())})).constFirst();
    QVERIFY(outcome.isApplied());
    QCOMPARE(world.deliver().sent, 1);
    const QList<MessageRecord> all = allMessages(*world.workspace);
    const QList<MediaRecord> media = all.constLast().media;
    QCOMPARE(media.size(), 2);
    QCOMPARE(QSize(media.at(0).sentWidth, media.at(0).sentHeight), QSize(2'000, 133));
    QCOMPARE(QSize(media.at(1).sentWidth, media.at(1).sentHeight), QSize(0, 0));
}

QTEST_GUILESS_MAIN(BlueskySendsTest)
#include "tst_blueskysends.moc"
