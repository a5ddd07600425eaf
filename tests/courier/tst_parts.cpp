// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"
#include "workspace/queries.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

using Dialect = FakeMastodon::Dialect;

/// A reply of several posts: in order, each below the one before, each at most once, resumed where it stopped.
class PartsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { Database::setFault({}); }
    void partsGoOutInOrder();
    void privatePartsAllNameTheirReader();
    void warningStandsOnEachPart();
    void newsInBetweenDoNotCutItOff();
    void everyRequestFails_data();
    void everyRequestFails();
    void processEndsAtEveryRequest();
    void takenBackAsAWhole();
    void laterPartIsTakenBackAlone();
    void emptyPartsAreRefused();

private:
    static Outcome send(CourierWorld &world, Act::SendReply reply = {});
    static void checkThread(CourierWorld &world, const QString &asked);
    /// Deliveries of the whole reply, in order.
    static QList<DeliveryRecord> deliveries(CourierWorld &world);
    static void settle(CourierWorld &world);
};

Outcome PartsTest::send(CourierWorld &world, Act::SendReply reply)
{
    reply.conversation = ConversationId(1);
    reply.text = QStringLiteral("first part");
    reply.furtherParts = {QStringLiteral("second part"), QStringLiteral("third part")};
    return resultOf(world.desk->perform({makeAction(reply, world.clock.now())})).constFirst();
}

QList<DeliveryRecord> PartsTest::deliveries(CourierWorld &world)
{
    return world.workspace->readNow<QList<DeliveryRecord>>([](Database &database) { return loadOutbox(database); })
        .value();
}

void PartsTest::checkThread(CourierWorld &world, const QString &asked)
{
    const QStringList posts = world.server->postsOf(QStringLiteral("acme"));
    QCOMPARE(posts.size(), 3);
    const QStringList texts{QStringLiteral("first part"), QStringLiteral("second part"), QStringLiteral("third part")};
    for (int i = 0; i < 3; ++i) {
        QVERIFY2(world.server->textOfPost(posts.at(i)).contains(texts.at(i)),
                 qPrintable(world.server->textOfPost(posts.at(i))));
        QCOMPARE(world.server->parentOf(posts.at(i)), i == 0 ? asked : posts.at(i - 1));
    }
}

/// What a patient person and the courier do.
void PartsTest::settle(CourierWorld &world)
{
    for (int i = 0; i < 20 && !deliveries(world).isEmpty(); ++i) {
        for (const DeliveryRecord &delivery : deliveries(world)) {
            if (delivery.state == DeliveryState::failed)
                static_cast<void>(
                    resultOf(world.desk->perform({makeAction(Act::RetryDelivery{delivery.id}, world.clock.now())})));
        }
        world.waitLong();
        static_cast<void>(world.deliver());
    }
}

void PartsTest::partsGoOutInOrder()
{
    CourierWorld world(Dialect::mastodon);
    const QString asked = world.customerAsks(QStringLiteral("it broke"));
    QVERIFY(!world.pull().error);
    QVERIFY(send(world).isApplied());
    QCOMPARE(deliveries(world).size(), 3);
    const ChannelReport report = world.deliver();
    QVERIFY2(!report.error, qPrintable(report.error ? report.error->detail : QString()));
    QCOMPARE(report.sent, 3);
    checkThread(world, asked);
    const QStringList posts = world.server->postsOf(QStringLiteral("acme"));
    // She is told once.
    QVERIFY(world.server->textOfPost(posts.at(0)).contains(QLatin1StringView("@mira")));
    QVERIFY(!world.server->textOfPost(posts.at(1)).contains(QLatin1StringView("@mira")));
    // They come back as what they are.
    QVERIFY(!world.pull().error);
    QVERIFY(!world.pull().error);
    QCOMPARE(world.storedMessages(), 4);
    QCOMPARE(world.deliver().sent, 0);
}

void PartsTest::privatePartsAllNameTheirReader()
{
    CourierWorld world(Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    Act::SendReply reply;
    reply.visibility = Visibility::direct;
    QVERIFY(send(world, reply).isApplied());
    QCOMPARE(world.deliver().sent, 3);
    for (const QString &post : world.server->postsOf(QStringLiteral("acme"))) {
        QCOMPARE(world.server->visibilityOf(post), Visibility::direct);
        QVERIFY(world.server->textOfPost(post).contains(QLatin1StringView("@mira")));
    }
}

void PartsTest::warningStandsOnEachPart()
{
    CourierWorld world(Dialect::mastodon);
    world.clock.advance(std::chrono::seconds(1));
    world.server->setTime(world.clock.now());
    FakeMastodon::Manner manner;
    manner.contentWarning = QStringLiteral("parcel");
    world.server->post(QStringLiteral("mira"), QStringLiteral("@acme it broke"), manner);
    QVERIFY(!world.pull().error);
    QVERIFY(send(world).isApplied());
    QCOMPARE(world.deliver().sent, 3);
    for (const QString &post : world.server->postsOf(QStringLiteral("acme")))
        QCOMPARE(world.server->contentWarningOf(post), QStringLiteral("re: parcel"));
}

void PartsTest::newsInBetweenDoNotCutItOff()
{
    CourierWorld world(Dialect::mastodon);
    const QString asked = world.customerAsks(QStringLiteral("it broke"));
    QVERIFY(!world.pull().error);
    QVERIFY(send(world).isApplied());
    // She writes as soon as the first one stands there, and the courier hears of it.
    bool hasWritten = false;
    world.server->setMeanwhile([&](const HttpRequest &) {
        if (hasWritten || world.server->postsOf(QStringLiteral("acme")).isEmpty())
            return;
        hasWritten = true;
        FakeMastodon::Manner below;
        below.inReplyTo = asked;
        world.server->post(QStringLiteral("mira"), QStringLiteral("@acme oh, wait"), below);
    });
    static_cast<void>(world.deliver());
    QVERIFY(!world.pull().error);
    static_cast<void>(world.deliver());
    world.server->setMeanwhile({});
    checkThread(world, asked);
    QVERIFY(deliveries(world).isEmpty());
}

void PartsTest::everyRequestFails_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<int>("trouble");
    for (const auto &[name, dialect] :
         {std::pair("with keys", Dialect::mastodon), std::pair("without", Dialect::goToSocial)}) {
        QTest::addRow("%s, refused", name) << int(dialect) << int(Trouble::refused);
        QTest::addRow("%s, answer lost", name) << int(dialect) << int(Trouble::answerLost);
        QTest::addRow("%s, server error", name) << int(dialect) << int(Trouble::serverError);
        QTest::addRow("%s, garbage", name) << int(dialect) << int(Trouble::garbage);
    }
}

void PartsTest::everyRequestFails()
{
    QFETCH(int, dialect);
    QFETCH(int, trouble);
    bool isThrough = false;
    for (int k = 0; !isThrough; ++k) {
        QVERIFY2(k < 100, "it never comes to its end");
        CourierWorld world(static_cast<Dialect>(dialect));
        const QString asked = world.customerAsks(QStringLiteral("it broke"));
        QVERIFY(!world.pull().error);
        QVERIFY(send(world).isApplied());
        world.transport->setTrouble(k, static_cast<Trouble>(trouble));
        isThrough = world.deliver().sent == 3;
        settle(world);
        // Garbage leaves in doubt what was not done: then a person has said nothing yet, and what follows waits.
        if (deliveries(world).isEmpty())
            checkThread(world, asked);
        else
            QCOMPARE(deliveries(world).constFirst().state, DeliveryState::unsure);
        for (const char *part : {"first part", "second part", "third part"})
            QVERIFY(world.published(QString::fromLatin1(part)) <= 1);
    }
}

void PartsTest::processEndsAtEveryRequest()
{
    bool isThrough = false;
    for (int k = 0; !isThrough; ++k) {
        QVERIFY2(k < 100, "it never comes to its end");
        CourierWorld world(Dialect::mastodon);
        const QString asked = world.customerAsks(QStringLiteral("it broke"));
        QVERIFY(!world.pull().error);
        QVERIFY(send(world).isApplied());
        int left = k;
        bool isDead = false;
        QEventLoop loop;
        world.server->setMeanwhile([&](const HttpRequest &) {
            if (left-- == 0) {
                isDead = true;
                QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
            }
        });
        QFutureWatcher<ChannelReport> watcher;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(world.runner->deliver(true, false));
        if (!watcher.isFinished())
            loop.exec();
        world.server->setMeanwhile({});
        isThrough = !isDead;
        if (isDead) {
            world.endProcess();
            world.beginProcess();
            QVERIFY(!world.pull().error);
        }
        settle(world);
        QVERIFY(deliveries(world).isEmpty());
        checkThread(world, asked);
        QVERIFY(!world.pull().error);
        QCOMPARE(world.storedMessages(), 4);
    }
}

void PartsTest::takenBackAsAWhole()
{
    CourierWorld world(Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    const Outcome sent = send(world);
    const DeliveryId first(sent.created);
    QVERIFY(resultOf(world.desk->perform({makeAction(Act::CancelDelivery{first}, world.clock.now())}))
                .constFirst()
                .isApplied());
    QVERIFY(deliveries(world).isEmpty());
    static_cast<void>(world.deliver());
    QCOMPARE(world.server->postsOf(QStringLiteral("acme")).size(), 0);
    // Their words are still there to be written anew.
    const auto parts = world.workspace->readNow<QStringList>(
        [first](Database &database) { return loadFurtherParts(database, first); });
    QCOMPARE(*parts, (QStringList{QStringLiteral("second part"), QStringLiteral("third part")}));
}

void PartsTest::laterPartIsTakenBackAlone()
{
    CourierWorld world(Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    QVERIFY(send(world).isApplied());
    const DeliveryId second = deliveries(world).at(1).id;
    QVERIFY(resultOf(world.desk->perform({makeAction(Act::CancelDelivery{second}, world.clock.now())}))
                .constFirst()
                .isApplied());
    QCOMPARE(world.deliver().sent, 1);
    QCOMPARE(world.server->postsOf(QStringLiteral("acme")).size(), 1);
    QVERIFY(deliveries(world).isEmpty());
}

void PartsTest::emptyPartsAreRefused()
{
    CourierWorld world(Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = QStringLiteral("first");
    const auto refusal = [&](const QStringList &further) {
        reply.furtherParts = further;
        return resultOf(world.desk->perform({makeAction(reply, world.clock.now())})).constFirst().refusal.kind;
    };
    QCOMPARE(refusal({QStringLiteral("second"), QStringLiteral(" \n")}), RefusalKind::invalid);
    QCOMPARE(refusal(QStringList(20, QStringLiteral("more"))), RefusalKind::invalid);
}

QTEST_GUILESS_MAIN(PartsTest)
#include "tst_parts.moc"
