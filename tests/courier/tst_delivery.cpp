// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "places.h"

#include "workspace/mediafolder.h"

#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Earshot;

using Dialect = FakeMastodon::Dialect;

namespace {

/// What is done on a network, for the tests in which everything fails once.
enum class What {
    mastodonReply,
    goToSocialReply,
    holloReply,
    snacReply,
    wordPressReply,
    mastodonLike,
    wordPressApprove
};

bool isOnWordPress(What what)
{
    return what == What::wordPressReply || what == What::wordPressApprove;
}

/// A world in which so many people have asked one question each: every round has a conversation of its own.
std::unique_ptr<CourierWorld> worldOf(What what, int questions)
{
    if (isOnWordPress(what)) {
        auto world = std::make_unique<CourierWorld>(
            [questions](WorldClock &clock) { return wordPressPlace(clock, questions, questions); });
        FakeWordPress &site = wordPressOf(*world);
        const QList<qint64> comments = what == What::wordPressApprove ? site.comments().keys() : QList<qint64>();
        for (const qint64 comment : comments)
            site.setStatus(comment, QStringLiteral("hold"));
        return world;
    }
    const bool isLike = what == What::mastodonLike;
    auto world = std::make_unique<CourierWorld>(isLike ? Dialect::mastodon : static_cast<Dialect>(what));
    for (int i = 0; i < questions; ++i) {
        const QString person = QStringLiteral("person%1").arg(i);
        world->clock.advance(std::chrono::seconds(1));
        world->server->setTime(world->clock.now());
        world->server->addPerson(person);
        world->server->post(person, QStringLiteral("@acme question number %1.").arg(i));
    }
    return world;
}

QString answerOf(int round)
{
    return QStringLiteral("answer number %1.").arg(round);
}

/// One round's message and what is to be done about it.
struct Round
{
    Round(CourierWorld &given, What wish, const MessageRecord &about, int at)
        : world(given)
        , what(wish)
        , message(about)
        , number(at)
    {
        ActionArguments arguments =
            Act::PerformEffect{message.id, what == What::mastodonLike ? Effect::like : Effect::approve};
        if (what != What::mastodonLike && what != What::wordPressApprove) {
            Act::SendReply reply;
            reply.conversation = message.conversation;
            reply.text = answerOf(number);
            arguments = reply;
        }
        const Outcome outcome = resultOf(world.desk->perform({makeAction(arguments, world.clock.now())})).constFirst();
        if (outcome.isApplied())
            delivery = DeliveryId(outcome.created);
    }
    /// How often the network has it.
    [[nodiscard]] int times() const
    {
        if (what == What::mastodonLike)
            return world.server->likes(message.remoteId);
        if (!isOnWordPress(what))
            return world.published(answerOf(number));
        const auto comments = wordPressOf(world).comments();
        if (what == What::wordPressApprove)
            return comments.value(message.remoteId.toLongLong()).status == QLatin1StringView("approved") ? 1 : 0;
        return int(std::count_if(comments.cbegin(), comments.cend(), [this](const FakeWordPressComment &comment) {
            return comment.raw == answerOf(number);
        }));
    }

    CourierWorld &world;
    const What what;
    const MessageRecord message;
    const int number;
    DeliveryId delivery;
};

/// A blog's first comment and what is done about it. Another one's tells which request of it changes something.
struct Moderating
{
    Moderating()
        : world([](WorldClock &clock) { return wordPressPlace(clock, 2); })
        , site(wordPressOf(world))
    {
        if (world.pull().error)
            return;
        const QList<MessageRecord> comments = allMessages(*world.workspace);
        comment = comments.constFirst();
        for (const Effect effect : {Effect::hide, Effect::approve}) {
            static_cast<void>(wish(effect, comments.constLast()));
            world.transport->forgetRequests();
            static_cast<void>(world.deliver());
        }
        const std::vector<HttpRequest> &requests = world.transport->requests();
        const auto changing =
            std::find_if(requests.cbegin(), requests.cend(), [](const auto &r) { return r.hasEffect; });
        changes = int(changing - requests.cbegin());
    }
    DeliveryId wish(Effect effect, const MessageRecord &about)
    {
        const Action action = makeAction(Act::PerformEffect{about.id, effect}, world.clock.now());
        return DeliveryId(resultOf(world.desk->perform({action})).constFirst().created);
    }
    /// It is done, and its answer is lost.
    DeliveryId lose(Effect effect)
    {
        const DeliveryId lost = wish(effect, comment);
        world.transport->setTrouble(changes, Trouble::answerLost);
        static_cast<void>(world.deliver());
        return lost;
    }
    /// Wished, and refused before anything left.
    DeliveryId fail(Effect effect)
    {
        const DeliveryId failed = wish(effect, comment);
        static_cast<void>(resultOf(world.intake->failDelivery(failed, {ErrorKind::permission, {}, {}})));
        return failed;
    }
    void deliverForLong()
    {
        for (int i = 0; i < 3; ++i) {
            world.waitLong();
            static_cast<void>(world.deliver());
        }
    }
    [[nodiscard]] QString status() const { return site.comments().value(comment.remoteId.toLongLong()).status; }

    CourierWorld world;
    FakeWordPress &site;
    MessageRecord comment;
    int changes = -1;
};

} // namespace

/// At most once always; exactly once when every "unsure" has been answered.
class DeliveryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { Database::setFault({}); }
    void replyArrivesAndIsOneMessage_data() { dialects(); }
    void replyArrivesAndIsOneMessage();
    void customerWroteMeanwhile();
    void visitorWroteMeanwhile();
    void targetVanished();
    void everyRequestFails_data();
    void everyRequestFails();
    void processEndsAtEveryRequest_data() { dialects(); }
    void processEndsAtEveryRequest();
    void everyAccessFails_data();
    void everyAccessFails();
    void restoredBackupPublishesNothing();
    void unsureIsAnsweredByAPerson();
    void deniedRepeatSaysNothingOfTheFirst();
    void limitedRepeatIsLookedForAgain();
    void lostEffectDoesNotWinOverANewerOne();
    void whatIsWishedAfterALostAnswerGoesOut();
    void lostEffectDoesNotWinOverOneTriedAgain();
    void lostEffectIsRepeatedWhereNothingNewerLeft();
    void waitsForTheLimit();
    void signInEnded();
    void nothingLeavesAfterTheDeadline();
    void attachedFileGoesAlong_data() { dialects(); }
    void attachedFileGoesAlong();

private:
    static void dialects();
    static Dialect dialect();
    /// A reply of which an ended process left an attempt, and that no network shows. @return its delivery
    [[nodiscard]] static DeliveryId beginLostAttempt(CourierWorld &world, const QString &text);
    /// What happens just before the network takes a post.
    static void beforePost(CourierWorld &world, const std::function<void()> &happening);
    /// Does what a patient person and the courier do until the reply is settled one way or another.
    static void settle(CourierWorld &world, DeliveryId delivery);
};

void DeliveryTest::dialects()
{
    QTest::addColumn<int>("dialect");
    QTest::newRow("mastodon") << int(Dialect::mastodon);
    QTest::newRow("gotosocial") << int(Dialect::goToSocial);
    QTest::newRow("hollo") << int(Dialect::hollo);
    QTest::newRow("snac") << int(Dialect::snac);
}

Dialect DeliveryTest::dialect()
{
    QFETCH(int, dialect);
    return static_cast<Dialect>(dialect);
}

void DeliveryTest::settle(CourierWorld &world, DeliveryId delivery)
{
    for (int i = 0; i < 10; ++i) {
        const DeliveryJob job = world.job(delivery);
        if (job.state == DeliveryState::sent)
            return;
        if (job.state == DeliveryState::failed)
            static_cast<void>(
                resultOf(world.desk->perform({makeAction(Act::RetryDelivery{delivery}, world.clock.now())})));
        world.waitLong();
        static_cast<void>(world.deliver());
    }
}

void DeliveryTest::replyArrivesAndIsOneMessage()
{
    CourierWorld world(dialect());
    const QString asked = world.customerAsks(QStringLiteral("it broke"));
    QVERIFY(!world.pull().error);
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    const ChannelReport report = world.deliver();
    QVERIFY2(!report.error, qPrintable(report.error ? report.error->detail : QString()));
    QCOMPARE(report.sent, 1);
    QCOMPARE(world.job(delivery).state, DeliveryState::sent);
    QCOMPARE(world.published(QStringLiteral("We look into it")), 1);
    const QString post = world.server->postsOf(QStringLiteral("acme")).constLast();
    QCOMPARE(world.server->parentOf(post), asked);
    QVERIFY(world.server->textOfPost(post).startsWith(QLatin1StringView("@mira")));
    // It comes back by pull, and again: still one message.
    QVERIFY(!world.pull().error);
    QVERIFY(!world.pull().error);
    QCOMPARE(world.storedMessages(), 2);
    QCOMPARE(world.deliver().sent, 0);
}

void DeliveryTest::customerWroteMeanwhile()
{
    CourierWorld world(Dialect::mastodon);
    const QString asked = world.customerAsks(QStringLiteral("it broke"));
    QVERIFY(!world.pull().error);
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    FakeMastodon::Manner manner;
    manner.inReplyTo = asked;
    world.clock.advance(std::chrono::seconds(5));
    world.server->setTime(world.clock.now());
    world.server->post(QStringLiteral("mira"), QStringLiteral("@acme it works again, never mind"), manner);
    static_cast<void>(world.deliver());
    QCOMPARE(world.published(QStringLiteral("We look into it")), 0);
    QCOMPARE(world.job(delivery).state, DeliveryState::failed);
    QCOMPARE(world.job(delivery).failure, QStringLiteral("stale"));
}

void DeliveryTest::visitorWroteMeanwhile()
{
    CourierWorld world([](WorldClock &clock) { return wordPressPlace(clock, 2); });
    FakeWordPress &site = wordPressOf(world);
    QVERIFY(!world.pull().error);
    const auto send = [&world](const QString &text, const MessageRecord &message) {
        Act::SendReply reply;
        reply.conversation = message.conversation;
        reply.text = text;
        const Outcome outcome = resultOf(world.desk->perform({makeAction(reply, world.clock.now())})).constFirst();
        return DeliveryId(outcome.created);
    };
    const QList<MessageRecord> messages = allMessages(*world.workspace);
    QCOMPARE(messages.size(), 2);
    const DeliveryId stale = send(QStringLiteral("We look into it"), messages.first());
    const DeliveryId fresh = send(QStringLiteral("And into yours"), messages.last());
    world.clock.advance(std::chrono::seconds(5));
    const FakeWordPressComment asked = site.comments().value(messages.first().remoteId.toLongLong());
    site.visitorComment(asked.post, asked.name, QStringLiteral("It works again, never mind."), asked.id);
    static_cast<void>(world.deliver());
    QCOMPARE(world.job(stale).state, DeliveryState::failed);
    QCOMPARE(world.job(stale).failure, QStringLiteral("stale"));
    QCOMPARE(world.job(fresh).state, DeliveryState::sent);
    // Three visitors' comments and one of ours.
    QCOMPARE(site.comments().size(), 4);
    QCOMPARE(site.comments().last().raw, QStringLiteral("And into yours"));
}

void DeliveryTest::targetVanished()
{
    CourierWorld world(Dialect::mastodon);
    const QString asked = world.customerAsks(QStringLiteral("it broke"));
    QVERIFY(!world.pull().error);
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    world.server->remove(asked);
    static_cast<void>(world.deliver());
    QCOMPARE(world.published(QStringLiteral("We look into it")), 0);
    QCOMPARE(world.job(delivery).failure, QStringLiteral("parentGone"));
}

void DeliveryTest::everyRequestFails_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<int>("trouble");
    const QList<std::pair<const char *, What>> all{{"mastodon", What::mastodonReply},
                                                   {"gotosocial", What::goToSocialReply},
                                                   {"hollo", What::holloReply},
                                                   {"snac", What::snacReply},
                                                   {"wordpress", What::wordPressReply},
                                                   {"mastodon like", What::mastodonLike},
                                                   {"wordpress approve", What::wordPressApprove}};
    for (const auto &[name, what] : all) {
        for (const Trouble trouble : {Trouble::refused, Trouble::answerLost, Trouble::serverError, Trouble::gaveUp,
                                      Trouble::denied, Trouble::garbage})
            QTest::addRow("%s %d", name, int(trouble)) << int(what) << int(trouble);
    }
}

void DeliveryTest::everyRequestFails()
{
    QFETCH(int, what);
    QFETCH(int, trouble);
    constexpr int rounds = 16;
    const auto world = worldOf(static_cast<What>(what), rounds);
    QVERIFY(!world->pull().error);
    const QList<MessageRecord> messages = allMessages(*world->workspace);
    QCOMPARE(messages.size(), rounds);
    bool hasMetNone = false;
    int k = 0;
    for (; !hasMetNone; ++k) {
        QVERIFY(k < rounds);
        const Round round(*world, static_cast<What>(what), messages.at(k), k);
        QVERIFY(round.delivery.isValid());
        world->transport->forgetRequests();
        world->transport->setTrouble(k, static_cast<Trouble>(trouble));
        static_cast<void>(world->deliver());
        hasMetNone = int(world->transport->requests().size()) <= k;
        world->transport->setTrouble(-1, Trouble::none);
        QVERIFY(round.times() <= 1);
        settle(*world, round.delivery);
        QVERIFY2(round.times() <= 1, qPrintable(QString::number(k)));
        // What was found, or surely did not leave, is there once; only "nobody can know" may be left to a person.
        const DeliveryJob job = world->job(round.delivery);
        if (job.state == DeliveryState::sent)
            QCOMPARE(round.times(), 1);
        else
            QVERIFY2(job.state == DeliveryState::unsure, qPrintable(word(job.state) + job.failure));
    }
    QVERIFY(k > 1);
}

void DeliveryTest::processEndsAtEveryRequest()
{
    CourierWorld world(dialect());
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    for (int k = 0; k < 8; ++k) {
        const QString text = QStringLiteral("answer number %1.").arg(k);
        const DeliveryId delivery = world.reply(text);
        QVERIFY(delivery.isValid());
        // The process dies when the server has taken its k-th request, before it hears the answer.
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
        connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(world.runner->deliver(true, false));
        if (!watcher.isFinished())
            loop.exec();
        world.server->setMeanwhile({});
        world.endProcess();
        world.beginProcess();
        QVERIFY(!world.pull().error);
        settle(world, delivery);
        QVERIFY2(world.published(text) <= 1, qPrintable(text));
        QVERIFY2(world.job(delivery).state == DeliveryState::sent || isDead,
                 qPrintable(word(world.job(delivery).state)));
        if (world.job(delivery).state == DeliveryState::sent)
            QCOMPARE(world.published(text), 1);
    }
}

void DeliveryTest::everyAccessFails_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("gotosocial") << int(What::goToSocialReply);
    QTest::newRow("wordpress") << int(What::wordPressReply);
    QTest::newRow("mastodon like") << int(What::mastodonLike);
    QTest::newRow("wordpress approve") << int(What::wordPressApprove);
}

void DeliveryTest::everyAccessFails()
{
    QFETCH(int, what);
    constexpr int rounds = 250;
    const auto world = worldOf(static_cast<What>(what), rounds);
    QVERIFY(!world->pull().error);
    const QList<MessageRecord> messages = allMessages(*world->workspace);
    QCOMPARE(messages.size(), rounds);
    bool hasMetNone = false;
    int k = 0;
    for (; !hasMetNone; ++k) {
        QVERIFY2(k < rounds, "more accesses than rounds");
        const Round round(*world, static_cast<What>(what), messages.at(k), k);
        QVERIFY(round.delivery.isValid());
        auto left = std::make_shared<std::atomic<int>>(k);
        Database::setFault([left]() -> std::optional<Error> {
            return left->fetch_sub(1) == 0 ? std::optional(Error{ErrorKind::io, QStringLiteral("fault"), {}})
                                           : std::nullopt;
        });
        static_cast<void>(world->deliver());
        hasMetNone = left->load() >= 0;
        Database::setFault({});
        settle(*world, round.delivery);
        const DeliveryJob job = world->job(round.delivery);
        QVERIFY2(job.state == DeliveryState::sent,
                 qPrintable(QStringLiteral("%1: %2 %3").arg(k).arg(word(job.state), job.failure)));
        QCOMPARE(round.times(), 1);
    }
    qInfo("%d accesses", k - 1);
    QVERIFY(k > 10);
}

void DeliveryTest::restoredBackupPublishesNothing()
{
    CourierWorld world(Dialect::goToSocial);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    const DeliveryId delivery = world.reply(QStringLiteral("only once"));
    const QString path = world.workspace->path();
    const QString backup = world.folder.filePath(QStringLiteral("backup"));
    world.endProcess();
    QVERIFY(QFile::copy(path, backup));
    world.beginProcess();
    QCOMPARE(world.deliver().sent, 1);
    world.endProcess();
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(path + QLatin1StringView(suffix));
    QVERIFY(QFile::copy(backup, path));
    world.beginProcess();
    QVERIFY(world.workspace->isCourierOff());
    QCOMPARE(world.job(delivery).state, DeliveryState::unsure);
    QVERIFY(world.workspace->adopt().result());
    world.waitLong();
    static_cast<void>(world.deliver());
    QCOMPARE(world.published(QStringLiteral("only once")), 1);
    // The pull brings it back, and it is recognised.
    QVERIFY(!world.pull().error);
    QCOMPARE(world.job(delivery).state, DeliveryState::sent);
    QCOMPARE(world.storedMessages(), 2);
}

DeliveryId DeliveryTest::beginLostAttempt(CourierWorld &world, const QString &text)
{
    const DeliveryId delivery = world.reply(text);
    const DeliveryJob job = world.job(delivery);
    BeginWish wish;
    wish.delivery = delivery;
    wish.outgoing.text = QStringLiteral("@mira ") + text;
    wish.outgoing.clientId = job.uuid;
    wish.outgoing.targetUri = job.target.uri;
    wish.outgoing.targetRemoteId = job.target.remoteId;
    wish.outgoing.createdAt = world.clock.now();
    wish.process = QStringLiteral("gone");
    wish.skipUndoWindow = true;
    return resultOf(world.intake->beginAttempt(wish)).value_or(0) == 1 ? delivery : DeliveryId();
}

void DeliveryTest::beforePost(CourierWorld &world, const std::function<void()> &happening)
{
    world.server->setMeanwhile([happening](const HttpRequest &request) {
        if (request.method == "POST")
            happening();
    });
}

void DeliveryTest::unsureIsAnsweredByAPerson()
{
    CourierWorld world(Dialect::goToSocial);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    const DeliveryId delivery = beginLostAttempt(world, QStringLiteral("did it arrive"));
    QVERIFY(delivery.isValid());
    world.waitLong();
    static_cast<void>(world.deliver());
    QCOMPARE(world.job(delivery).state, DeliveryState::unsure);
    QCOMPARE(world.job(delivery).failure, QStringLiteral("notFoundOnNetwork"));
    // Not repeated by itself, whatever happens.
    world.waitLong();
    static_cast<void>(world.deliver());
    QCOMPARE(world.published(QStringLiteral("did it arrive")), 0);
    Action again = makeAction(Act::RetryDelivery{delivery}, world.clock.now());
    QCOMPARE(resultOf(world.desk->perform({again})).constFirst().refusal.kind, RefusalKind::notPossible);
    again = makeAction(Act::RetryDelivery{delivery}, world.clock.now());
    again.force = true;
    QVERIFY(resultOf(world.desk->perform({again})).constFirst().isApplied());
    static_cast<void>(world.deliver());
    QCOMPARE(world.published(QStringLiteral("did it arrive")), 1);
}

void DeliveryTest::deniedRepeatSaysNothingOfTheFirst()
{
    CourierWorld world(Dialect::mastodon);
    const QString asked = world.customerAsks(QStringLiteral("it broke"));
    QVERIFY(!world.pull().error);
    const DeliveryId delivery = beginLostAttempt(world, QStringLiteral("did it arrive"));
    QVERIFY(delivery.isValid());
    beforePost(world, [&world] { world.server->forbid(QStringLiteral("statuses")); });
    world.waitLong();
    static_cast<void>(world.deliver());
    QCOMPARE(world.job(delivery).attemptNumber, 2);
    QCOMPARE(world.job(delivery).attemptOutcome, word(ErrorKind::permission));
    QCOMPARE(world.job(delivery).state, DeliveryState::unsure);
    QCOMPARE(world.job(delivery).failure, notFoundOnNetwork());
    // Not without a person's word that it did not arrive; and not repeated by itself.
    const Action again = makeAction(Act::RetryDelivery{delivery}, world.clock.now());
    QCOMPARE(resultOf(world.desk->perform({again})).constFirst().refusal.kind, RefusalKind::notPossible);
    world.server->setMeanwhile({});
    world.server->forbid({});
    world.waitLong();
    static_cast<void>(world.deliver());
    QCOMPARE(world.job(delivery).attemptNumber, 2);
    // The first arrives late, when the network has forgotten its key.
    world.clock.advance(std::chrono::hours(2));
    world.waitLong();
    FakeMastodon::Manner manner;
    manner.inReplyTo = asked;
    world.server->post(QStringLiteral("acme"), QStringLiteral("@mira did it arrive"), manner);
    QVERIFY(!world.pull().error);
    static_cast<void>(world.deliver());
    QCOMPARE(world.published(QStringLiteral("did it arrive")), 1);
    QCOMPARE(world.job(delivery).state, DeliveryState::sent);
    QCOMPARE(world.storedMessages(), 2);
}

void DeliveryTest::limitedRepeatIsLookedForAgain()
{
    CourierWorld world(Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    const auto meetLimit = [&world] {
        beforePost(world, [&world] { world.server->setLimit(0, world.clock.now() + std::chrono::minutes(2)); });
        static_cast<void>(world.deliver());
        world.server->setMeanwhile({});
        world.server->setLimit(-1, {});
    };
    const DeliveryId soon = beginLostAttempt(world, QStringLiteral("number one."));
    world.waitLong();
    meetLimit();
    QCOMPARE(world.job(soon).attemptNumber, 2);
    QCOMPARE(world.job(soon).state, DeliveryState::unsure);
    QCOMPARE(world.job(soon).failure, word(ErrorKind::rateLimited));
    // While the network knows the key, it goes on by itself.
    world.waitLong();
    QCOMPARE(world.deliver().sent, 1);
    QCOMPARE(world.published(QStringLiteral("number one.")), 1);
    QCOMPARE(world.job(soon).attemptNumber, 3);

    // Later only a person can say more.
    const DeliveryId late = beginLostAttempt(world, QStringLiteral("number two."));
    QVERIFY(late.isValid());
    world.waitLong();
    meetLimit();
    QCOMPARE(world.job(late).attemptNumber, 2);
    world.clock.advance(std::chrono::hours(2));
    world.waitLong();
    static_cast<void>(world.deliver());
    QCOMPARE(world.published(QStringLiteral("number two.")), 0);
    QCOMPARE(world.job(late).state, DeliveryState::unsure);
    QCOMPARE(world.job(late).failure, notFoundOnNetwork());
}

/// The program ends while it hides, and before that is looked for the comment is shown again.
void DeliveryTest::lostEffectDoesNotWinOverANewerOne()
{
    CourierWorld world([](WorldClock &clock) { return wordPressPlace(clock, 1); });
    FakeWordPress &site = wordPressOf(world);
    QVERIFY(!world.pull().error);
    const MessageRecord comment = allMessages(*world.workspace).constFirst();
    const auto status = [&] { return site.comments().value(comment.remoteId.toLongLong()).status; };
    const auto wish = [&](Effect effect) {
        const Action action = makeAction(Act::PerformEffect{comment.id, effect}, world.clock.now());
        return DeliveryId(resultOf(world.desk->perform({action})).constFirst().created);
    };
    const DeliveryId lost = wish(Effect::hide);
    world.transport->holdAnswer([](const HttpRequest &request) { return request.hasEffect; });
    static_cast<void>(world.runner->deliver(true, false));
    QTRY_VERIFY(world.transport->isHolding());
    QCOMPARE(status(), QStringLiteral("hold"));
    const DeliveryId newer = wish(Effect::approve);
    world.endProcess();
    world.beginProcess();
    static_cast<void>(world.deliver());
    QCOMPARE(world.job(newer).state, DeliveryState::sent);
    for (int i = 0; i < 3; ++i) {
        world.waitLong();
        static_cast<void>(world.deliver());
    }
    QCOMPARE(status(), QStringLiteral("approved"));
    QCOMPARE(world.job(lost).state, DeliveryState::cancelled);
}

/// The process lives on and knows at once that the answer was lost.
void DeliveryTest::whatIsWishedAfterALostAnswerGoesOut()
{
    Moderating blog;
    const DeliveryId lost = blog.lose(Effect::hide);
    QCOMPARE(blog.world.job(lost).state, DeliveryState::unsure);
    QCOMPARE(blog.status(), QStringLiteral("hold"));
    const DeliveryId newer = blog.wish(Effect::approve, blog.comment);
    QVERIFY(newer.isValid());
    static_cast<void>(blog.world.deliver());
    QCOMPARE(blog.world.job(newer).state, DeliveryState::sent);
    QCOMPARE(blog.status(), QStringLiteral("approved"));
    blog.deliverForLong();
    QCOMPARE(blog.status(), QStringLiteral("approved"));
    QCOMPARE(blog.world.job(lost).state, DeliveryState::cancelled);
}

/// Who tries the older one again has wished it last.
void DeliveryTest::lostEffectDoesNotWinOverOneTriedAgain()
{
    Moderating blog;
    const DeliveryId older = blog.fail(Effect::hide);
    const DeliveryId lost = blog.lose(Effect::spam);
    QCOMPARE(blog.world.job(lost).state, DeliveryState::unsure);
    QCOMPARE(blog.status(), QStringLiteral("spam"));
    blog.world.clock.advance(std::chrono::seconds(20));
    const Action again = makeAction(Act::RetryDelivery{older}, blog.world.clock.now());
    QVERIFY(resultOf(blog.world.desk->perform({again})).constFirst().isApplied());
    static_cast<void>(blog.world.deliver());
    QCOMPARE(blog.world.job(older).state, DeliveryState::sent);
    blog.deliverForLong();
    QCOMPARE(blog.status(), QStringLiteral("hold"));
    QCOMPARE(blog.world.job(lost).state, DeliveryState::cancelled);
}

void DeliveryTest::lostEffectIsRepeatedWhereNothingNewerLeft()
{
    Moderating blog;
    const DeliveryId lost = blog.lose(Effect::hide);
    QCOMPARE(blog.world.job(lost).state, DeliveryState::unsure);
    // It was not done either.
    blog.site.setStatus(blog.comment.remoteId.toLongLong(), QStringLiteral("approved"));
    QCOMPARE(blog.world.job(blog.fail(Effect::spam)).state, DeliveryState::failed);
    blog.deliverForLong();
    QCOMPARE(blog.status(), QStringLiteral("hold"));
    QCOMPARE(blog.world.job(lost).state, DeliveryState::sent);
}

void DeliveryTest::waitsForTheLimit()
{
    CourierWorld world(Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    const DeliveryId delivery = world.reply(QStringLiteral("patience"));
    world.server->setLimit(0, world.clock.now() + std::chrono::minutes(2));
    const ChannelReport report = world.deliver();
    QCOMPARE(report.error->kind, ErrorKind::rateLimited);
    QCOMPARE(world.job(delivery).state, DeliveryState::queued);
    world.server->setLimit(100, world.clock.now() + std::chrono::minutes(10));
    world.waitLong();
    QCOMPARE(world.deliver().sent, 1);
}

void DeliveryTest::signInEnded()
{
    CourierWorld world(Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    const DeliveryId delivery = world.reply(QStringLiteral("kept"));
    world.server->revokeToken(QStringLiteral("acme"));
    QCOMPARE(world.deliver().error->kind, ErrorKind::authExpired);
    QCOMPARE(world.job(delivery).state, DeliveryState::failed);
    QCOMPARE(world.job(delivery).failure, QStringLiteral("authExpired"));
    QCOMPARE(world.job(delivery).own.text, QStringLiteral("kept"));
    QCOMPARE(world.pull().error->kind, ErrorKind::authExpired);
}

void DeliveryTest::nothingLeavesAfterTheDeadline()
{
    CourierWorld world(Dialect::mastodon);
    const QString post = world.customerAsks(QStringLiteral("my order"));
    static_cast<void>(world.pull());
    world.endProcess();
    world.longestAttempt = std::chrono::milliseconds(100);
    world.beginProcess();
    const MessageId asked = allMessages(*world.workspace).constFirst().id;
    const Action like = makeAction(Act::PerformEffect{asked, Effect::like}, world.clock.now());
    const DeliveryId delivery(resultOf(world.desk->perform({like})).constFirst().created);
    // A like is asked about first. That answer comes when the attempt is over: the like must not follow then.
    world.transport->hold(0);
    const ChannelReport report = world.deliver();
    QCOMPARE(report.unsure, 0);
    QCOMPARE(world.job(delivery).state, DeliveryState::queued);
    world.transport->letGo();
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(world.server->likes(post), 0);
    QCOMPARE(world.transport->requests().size(), size_t(1));

    settle(world, delivery);
    QCOMPARE(world.job(delivery).state, DeliveryState::sent);
    QCOMPARE(world.server->likes(post), 1);
}

void DeliveryTest::attachedFileGoesAlong()
{
    CourierWorld world(dialect());
    static_cast<void>(world.customerAsks(QStringLiteral("how does it look?")));
    static_cast<void>(world.pull());
    QFile picture(world.folder.filePath(QStringLiteral("box.png")));
    QVERIFY(picture.open(QIODevice::WriteOnly));
    picture.write(
        QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5"
                               "ErkJggg=="));
    picture.close();
    const auto kept = keepMedia(world.workspace->mediaFolder(), picture.fileName(), QStringLiteral("a red box"));
    QVERIFY(kept);
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = QStringLiteral("like this");
    reply.media = {*kept};
    const Outcome outcome = resultOf(world.desk->perform({makeAction(reply, world.clock.now())})).constFirst();
    QVERIFY(outcome.isApplied());
    const ChannelReport report = world.deliver();
    QVERIFY2(!report.error, report.error ? qPrintable(report.error->detail) : "");
    QCOMPARE(report.sent, 1);
    const QStringList posts = world.server->postsOf(QStringLiteral("acme"));
    QCOMPARE(posts.size(), 1);
    QCOMPARE(world.server->mediaDescriptionsOf(posts.first()), QStringList{QStringLiteral("a red box")});
}

QTEST_GUILESS_MAIN(DeliveryTest)
#include "tst_delivery.moc"
