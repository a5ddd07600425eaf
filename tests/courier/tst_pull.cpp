// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "places.h"
#include "workspace/queries.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

using Dialect = FakeMastodon::Dialect;

namespace {

/// The networks on which everything is pulled under trouble.
enum class Where { mastodon, goToSocial, hollo, snac, wordpress, site };

/// How much there is to pull: little, so that each of its steps can be tried, but more than a page of it.
struct Size
{
    int mentions; ///< in pages of three, besides a thread
    int comments; ///< on a WordPress
    int entries;  ///< of a feed, in pages of two
};
constexpr Size forRequests{5, 103, 5};
constexpr Size forAccesses{2, 3, 3};

void talk(FakeMastodon &server, int mentions)
{
    server.setLargestPage(3);
    for (int i = 0; i < mentions; ++i) {
        const QString person = QStringLiteral("person%1").arg(i % 2);
        server.addPerson(person);
        server.post(person, QStringLiteral("@acme question number %1.").arg(i));
    }
    FakeMastodon::Manner below;
    below.inReplyTo = server.post(QStringLiteral("mira"), QStringLiteral("Acme made my day"));
    below.inReplyTo = server.post(QStringLiteral("person1"), QStringLiteral("How so?"), below);
    server.post(QStringLiteral("mira"), QStringLiteral("@acme tell them"), below);
}

std::unique_ptr<CourierWorld> worldOf(Where where, const Size &size)
{
    if (where == Where::wordpress)
        return std::make_unique<CourierWorld>(
            [&size](WorldClock &clock) { return wordPressPlace(clock, size.comments); });
    if (where == Where::site)
        return std::make_unique<CourierWorld>([&size](WorldClock &clock) { return sitePlace(clock, size.entries, 2); });
    auto world = std::make_unique<CourierWorld>(static_cast<Dialect>(where));
    talk(*world->server, size.mentions);
    world->clock.advance(2min);
    return world;
}

/// A Mastodon server whose clock is `ahead` of ours when the channel is added: as then, the horizon is counted by it.
std::unique_ptr<CourierWorld> worldOfClock(Dialect dialect, Duration ahead)
{
    const auto server = std::make_shared<FakeMastodon>(QStringLiteral("social.example"), dialect);
    auto world = std::make_unique<CourierWorld>([&](WorldClock &clock) {
        server->setTime(clock.now() + ahead);
        server->addPerson(QStringLiteral("acme"));
        server->addPerson(QStringLiteral("mira"));
        Act::AddChannel add;
        add.network = Network::mastodon;
        add.address = QStringLiteral("@acme@social.example");
        add.horizon = clock.now() + ahead - 30 * 24h;
        add.workSince = clock.now() + ahead - 24h;
        return Place{server, add, FakeMastodon::tokenOf(QStringLiteral("acme"))};
    });
    world->server = server;
    return world;
}

QList<JournalRecord> journalOf(CourierWorld &world, const char *kind)
{
    QList<JournalRecord> lines =
        world.workspace->readNow<QList<JournalRecord>>([](Database &database) { return loadJournal(database, 0, 500); })
            .value();
    lines.removeIf([kind](const JournalRecord &line) { return line.kind != QLatin1StringView(kind); });
    return lines;
}

ConversationRecord conversationOf(CourierWorld &world, ConversationId id)
{
    const Time now = world.clock.now();
    const auto found = world.workspace->readNow<QList<ConversationRecord>>(
        [id, now](Database &database) { return loadConversations(database, {id}, AgentId(1), now); });
    return found->value(0);
}

MessageRecord messageWith(CourierWorld &world, const QString &text)
{
    const QList<MessageRecord> messages = allMessages(*world.workspace);
    MessageRecord found;
    int count = 0;
    for (const MessageRecord &message : messages) {
        if (message.text.contains(text)) {
            found = message;
            ++count;
        }
    }
    return count == 1 ? found : MessageRecord();
}

/// Pulls until the server has taken its k-th request, and then dies before it hears the answer.
/// @return whether it died; otherwise the pull came to its end
bool pullUntilRequest(CourierWorld &world, int k)
{
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
    watcher.setFuture(world.runner->pull());
    if (!watcher.isFinished())
        loop.exec();
    world.server->setMeanwhile({});
    if (isDead) {
        world.endProcess();
        world.beginProcess();
    }
    return isDead;
}

} // namespace

/// Whatever happens during a pull, the next one converges to the same rows, each once.
class PullTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsGoneIsLeftAlone();
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { Database::setFault({}); }
    void everyRequestFails_data();
    void everyRequestFails();
    void everyAccessFails_data();
    void everyAccessFails();
    void processEndsAtEveryRequest_data();
    void processEndsAtEveryRequest();
    void mentionsArriveDuringTheWalk_data() { dialects(); }
    void mentionsArriveDuringTheWalk();
    void editsAndDeletionsAreNoticed_data() { dialects(); }
    void editsAndDeletionsAreNoticed();
    void answerGivenElsewhereIsOurs_data() { dialects(); }
    void answerGivenElsewhereIsOurs();
    void contextTurnsOutToBeForUs();
    void rootFoundLaterJoinsThreads();
    void clockOfTheNetworkIsYearsOff_data();
    void clockOfTheNetworkIsYearsOff();
    void datesOfTheNetworkAreYearsOff();
    void firstFeedOfOldEntriesIsNotEmpty();
    void cutOffFeedIsTold();
    void movedForGoodIsKept();
    void hostileTexts_data() { dialects(); }
    void hostileTexts();

private:
    static void dialects();
    static Dialect dialect();
};

void PullTest::dialects()
{
    QTest::addColumn<int>("dialect");
    QTest::newRow("mastodon") << int(Dialect::mastodon);
    QTest::newRow("gotosocial") << int(Dialect::goToSocial);
    QTest::newRow("hollo") << int(Dialect::hollo);
    QTest::newRow("snac") << int(Dialect::snac);
}

Dialect PullTest::dialect()
{
    QFETCH(int, dialect);
    return static_cast<Dialect>(dialect);
}

void PullTest::everyRequestFails_data()
{
    QTest::addColumn<int>("where");
    QTest::addColumn<int>("trouble");
    const QList<std::pair<const char *, Where>> all{{"mastodon", Where::mastodon},   {"gotosocial", Where::goToSocial},
                                                    {"hollo", Where::hollo},         {"snac", Where::snac},
                                                    {"wordpress", Where::wordpress}, {"site", Where::site}};
    for (const auto &[name, where] : all) {
        for (const Trouble trouble :
             {Trouble::refused, Trouble::answerLost, Trouble::serverError, Trouble::gaveUp, Trouble::garbage})
            QTest::addRow("%s %d", name, int(trouble)) << int(where) << int(trouble);
    }
}

void PullTest::everyRequestFails()
{
    QFETCH(int, where);
    QFETCH(int, trouble);
    const auto undisturbed = worldOf(static_cast<Where>(where), forRequests);
    const ChannelReport report = undisturbed->pull();
    QVERIFY2(!report.error, qPrintable(report.error ? report.error->detail : QString()));
    const QStringList rows = rowsOf(*undisturbed->workspace);
    const int requests = int(undisturbed->transport->requests().size());
    QVERIFY(requests > 3);
    int failures = 0;
    for (int k = 0; k < requests; ++k) {
        const auto world = worldOf(static_cast<Where>(where), forRequests);
        world->transport->setTrouble(k, static_cast<Trouble>(trouble));
        failures += world->pull().error ? 1 : 0;
        world->transport->setTrouble(-1, Trouble::none);
        world->waitLong();
        const ChannelReport next = world->pull();
        QVERIFY2(!next.error, qPrintable(next.error ? next.error->detail : QString()));
        QCOMPARE(rowsOf(*world->workspace).join(QLatin1Char('\n')), rows.join(QLatin1Char('\n')));
    }
    QVERIFY(failures > 0);
}

void PullTest::everyAccessFails_data()
{
    QTest::addColumn<int>("where");
    QTest::newRow("mastodon") << int(Where::mastodon);
    QTest::newRow("wordpress") << int(Where::wordpress);
    QTest::newRow("site") << int(Where::site);
}

void PullTest::everyAccessFails()
{
    QFETCH(int, where);
    const auto undisturbed = worldOf(static_cast<Where>(where), forAccesses);
    QVERIFY(!undisturbed->pull().error);
    const QStringList rows = rowsOf(*undisturbed->workspace);
    bool hasMetNone = false;
    int failures = 0;
    int k = 0;
    for (; !hasMetNone; ++k) {
        const auto world = worldOf(static_cast<Where>(where), forAccesses);
        auto left = std::make_shared<std::atomic<int>>(k);
        Database::setFault([left]() -> std::optional<Error> {
            return left->fetch_sub(1) == 0 ? std::optional(Error{ErrorKind::io, QStringLiteral("fault"), {}})
                                           : std::nullopt;
        });
        failures += world->pull().error ? 1 : 0;
        hasMetNone = left->load() >= 0;
        Database::setFault({});
        const ChannelReport next = world->pull();
        QVERIFY2(!next.error, qPrintable(next.error ? next.error->detail : QString()));
        QCOMPARE(rowsOf(*world->workspace).join(QLatin1Char('\n')), rows.join(QLatin1Char('\n')));
    }
    qInfo("%d accesses, %d of them end the pull", k - 1, failures);
    QVERIFY(failures > 0);
}

void PullTest::processEndsAtEveryRequest_data()
{
    QTest::addColumn<int>("dialect");
    QTest::newRow("mastodon") << int(Dialect::mastodon);
    QTest::newRow("hollo") << int(Dialect::hollo);
}

void PullTest::processEndsAtEveryRequest()
{
    constexpr int many = 12;
    bool isDead = true;
    for (int k = 0; isDead; ++k) {
        CourierWorld world(dialect());
        world.server->setLargestPage(3);
        for (int i = 0; i < many; ++i)
            static_cast<void>(world.customerAsks(QStringLiteral("question number %1.").arg(i)));
        isDead = pullUntilRequest(world, k);
        static_cast<void>(world.customerAsks(QStringLiteral("question number %1.").arg(many)));
        QVERIFY(!world.pull().error);
        QVERIFY(!world.pull().error);
        const QList<MessageRecord> messages = allMessages(*world.workspace);
        QSet<QString> texts;
        for (const MessageRecord &message : messages)
            texts.insert(message.text);
        QCOMPARE(messages.size(), many + 1);
        QCOMPARE(texts.size(), many + 1);
        QCOMPARE(world.pull().messages, 0);
    }
    QVERIFY(!isDead);
}

void PullTest::mentionsArriveDuringTheWalk()
{
    CourierWorld world(dialect());
    int asked = 0;
    const auto ask = [&world, &asked] {
        static_cast<void>(world.customerAsks(QStringLiteral("question number %1.").arg(asked++)));
    };
    while (asked < 100)
        ask();
    int lists = 0;
    world.server->setMeanwhile([&](const HttpRequest &request) {
        if (!request.url.path().endsWith(QLatin1StringView("/notifications")) || ++lists > 12)
            return;
        for (int i = 0; i < 15; ++i)
            ask();
    });
    QVERIFY(!world.pull().error);
    world.server->setMeanwhile({});
    QVERIFY(!world.pull().error);
    QVERIFY(asked > 130);
    const QList<MessageRecord> messages = allMessages(*world.workspace);
    QSet<QString> texts;
    for (const MessageRecord &message : messages)
        texts.insert(message.text);
    QCOMPARE(messages.size(), asked);
    QCOMPARE(texts.size(), asked);
}

void PullTest::editsAndDeletionsAreNoticed()
{
    CourierWorld world(dialect());
    const QString edited = world.customerAsks(QStringLiteral("it broke"));
    const QString removed = world.customerAsks(QStringLiteral("never mind"));
    QVERIFY(!world.pull().error);
    world.server->edit(edited, QStringLiteral("@acme it broke twice"));
    world.server->remove(removed);
    const ChannelReport report = world.pull();
    QVERIFY(!report.error);
    QCOMPARE(report.messages, 0);
    // Such a server keeps its copies of what others deleted.
    const bool isToldOfDeletions = dialect() != Dialect::snac;
    QCOMPARE(report.changes, isToldOfDeletions ? 2 : 1);
    const MessageRecord now = messageWith(world, QStringLiteral("it broke twice"));
    QVERIFY(now.id.isValid());
    QCOMPARE(now.olderTexts.size(), 1);
    QVERIFY(now.olderTexts.constFirst().endsWith(QLatin1StringView("it broke")));
    const MessageRecord gone = messageWith(world, QStringLiteral("never mind"));
    QCOMPARE(gone.presence != Presence::live, isToldOfDeletions);
    QCOMPARE(journalOf(world, "edited").size(), 1);
    QCOMPARE(journalOf(world, "edited").constFirst().message, now.id);
    const QList<JournalRecord> deleted = journalOf(world, "deleted");
    QCOMPARE(deleted.size(), isToldOfDeletions ? 1 : 0);
    QCOMPARE(deleted.value(0).message, isToldOfDeletions ? gone.id : MessageId());
    // Once noticed, it is no news.
    QCOMPARE(world.pull().changes, 0);
    QCOMPARE(journalOf(world, "edited").size(), 1);
    QCOMPARE(journalOf(world, "deleted").size(), deleted.size());
}

void PullTest::answerGivenElsewhereIsOurs()
{
    CourierWorld world(dialect());
    FakeMastodon::Manner below;
    below.inReplyTo = world.customerAsks(QStringLiteral("it broke"));
    QVERIFY(!world.pull().error);
    QCOMPARE(conversationOf(world, ConversationId(1)).status, Status::open);
    world.server->post(QStringLiteral("acme"), QStringLiteral("@mira switch it off and on"), below);
    QVERIFY(!world.pull().error);
    const MessageRecord answer = messageWith(world, QStringLiteral("off and on"));
    QVERIFY(answer.id.isValid());
    QCOMPARE(answer.kind, MessageKind::reply);
    QVERIFY(!answer.agent.isValid());
    QCOMPARE(answer.conversation, ConversationId(1));
    QCOMPARE(conversationOf(world, ConversationId(1)).status, Status::pending);
    QCOMPARE(journalOf(world, "answeredOnNetwork").size(), 1);
    QVERIFY(!world.pull().error);
    QCOMPARE(world.storedMessages(), 2);
    QCOMPARE(journalOf(world, "answeredOnNetwork").size(), 1);
}

void PullTest::contextTurnsOutToBeForUs()
{
    // Such a server tells of every answer to us, whether it names us or not.
    CourierWorld world(Dialect::hollo);
    FakeMastodon::Manner below;
    below.inReplyTo = world.server->post(QStringLiteral("acme"), QStringLiteral("New lamps are in"));
    world.server->addPerson(QStringLiteral("bob"));
    below.inReplyTo = world.server->post(QStringLiteral("bob"), QStringLiteral("are they blue"), below);
    for (int i = 0; i < 60; ++i)
        static_cast<void>(world.customerAsks(QStringLiteral("question number %1.").arg(i)));
    // The newest page shows bob's words as what was said before these; his own come with an older page.
    world.server->post(QStringLiteral("mira"), QStringLiteral("@acme I wonder too"), below);
    QVERIFY(!world.pull().error);
    const MessageRecord words = messageWith(world, QStringLiteral("are they blue"));
    QVERIFY(words.id.isValid());
    QCOMPARE(words.kind, MessageKind::inbound);
    QVERIFY(words.conversation.isValid());
    QCOMPARE(conversationOf(world, words.conversation).status, Status::open);
    QCOMPARE(conversationOf(world, words.conversation).messageCount, 1);
    QCOMPARE(conversationOf(world, words.conversation).contactHandle, QStringLiteral("@bob@social.example"));
}

void PullTest::rootFoundLaterJoinsThreads()
{
    CourierWorld world(Dialect::mastodon);
    const auto message = [&world](const char *name, const char *author, const char *parent, const char *root) {
        RemoteMessage made;
        made.uri = QString::fromLatin1(name);
        made.parentUri = QString::fromLatin1(parent);
        made.threadUri = QString::fromLatin1(root);
        made.author.id = QString::fromLatin1(author);
        made.sentAt = world.clock.now();
        made.text = made.uri;
        return made;
    };
    Page page;
    page.messages = {message("late", "mira", "middle", ""), message("other", "bob", "elsewhere", "")};
    QVERIFY(resultOf(world.intake->storeMessages(world.channel, page)).has_value());
    const ConversationId first = messageWith(world, QStringLiteral("late")).conversation;
    const ThreadId alone = conversationOf(world, first).thread;
    page.messages = {message("root", "bob", "", "root"), message("middle", "mira", "root", "root"),
                     message("late", "mira", "middle", "root")};
    QVERIFY(resultOf(world.intake->storeMessages(world.channel, page)).has_value());
    const ThreadId joined = conversationOf(world, first).thread;
    QVERIFY(joined != alone);
    QCOMPARE(conversationOf(world, messageWith(world, QStringLiteral("root")).conversation).thread, joined);
    QCOMPARE(conversationOf(world, messageWith(world, QStringLiteral("middle")).conversation).thread, joined);
    QVERIFY(conversationOf(world, messageWith(world, QStringLiteral("other")).conversation).thread != joined);
    // What still names the thread that was lost comes to the one that it went into.
    page.messages = {message("later", "mira", "late", "late")};
    QVERIFY(resultOf(world.intake->storeMessages(world.channel, page)).has_value());
    QCOMPARE(conversationOf(world, messageWith(world, QStringLiteral("later")).conversation).thread, joined);
}

void PullTest::clockOfTheNetworkIsYearsOff_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<int>("years");
    QTest::addColumn<bool>("isRightAtFirst");
    QTest::addColumn<bool>("tellsDate");
    for (const int years : {5, -5}) {
        for (const Dialect dialect : {Dialect::mastodon, Dialect::hollo}) {
            const char *name = dialect == Dialect::mastodon ? "mastodon" : "hollo";
            QTest::addRow("%s %d always", name, years) << int(dialect) << years << false << true;
            QTest::addRow("%s %d later", name, years) << int(dialect) << years << true << true;
            QTest::addRow("%s %d later untold", name, years) << int(dialect) << years << true << false;
        }
    }
}

void PullTest::clockOfTheNetworkIsYearsOff()
{
    QFETCH(int, years);
    QFETCH(bool, isRightAtFirst);
    QFETCH(bool, tellsDate);
    const Duration off = years * std::chrono::hours(24 * 365);
    Duration ahead = isRightAtFirst ? Duration(0) : off;
    const auto world = worldOfClock(dialect(), ahead);
    if (tellsDate)
        world->server->setTellsDate();
    const auto ask = [&](int count) {
        for (int i = 0; i < count; ++i) {
            world->clock.advance(1min);
            world->server->setTime(world->clock.now() + ahead);
            world->server->post(QStringLiteral("mira"),
                                QStringLiteral("@acme asks at %1.").arg(toIso(world->clock.now())));
        }
        world->server->setTime(world->clock.now() + ahead);
    };
    ask(45);
    QVERIFY(!world->pull().error);
    QCOMPARE(allMessages(*world->workspace).size(), 45);
    ahead = off;
    ask(1);
    QVERIFY(!world->pull().error);
    QCOMPARE(allMessages(*world->workspace).size(), 46);
    // More than a page of them, where the answers say what time it is there: else they look as old as what lies below.
    const int many = tellsDate ? 45 : 10;
    ask(many);
    QVERIFY(!world->pull().error);
    const QList<MessageRecord> messages = allMessages(*world->workspace);
    QCOMPARE(messages.size(), 46 + many);
    for (const MessageRecord &message : messages)
        QVERIFY(message.sortAt <= world->clock.now());
    QTRY_COMPARE(world->channelRow().health, Health::clockOff);
    const QString detail = world->channelRow().healthDetail;
    QVERIFY2(detail.contains(QLatin1StringView(years > 0 ? "days ahead" : "days behind")), qPrintable(detail));
    // A quiet pull has nothing to say of the clock, nor has one of another process.
    world->endProcess();
    world->beginProcess();
    QVERIFY(!world->pull().error);
    QTRY_COMPARE(world->channelRow().health, Health::clockOff);
    ahead = Duration(0);
    ask(1);
    QVERIFY(!world->pull().error);
    QCOMPARE(allMessages(*world->workspace).size(), 47 + many);
    QTRY_COMPARE(world->channelRow().health, Health::ok);
}

void PullTest::datesOfTheNetworkAreYearsOff()
{
    std::shared_ptr<FakeWordPress> site;
    CourierWorld world([&site](WorldClock &clock) {
        Place place = wordPressPlace(clock, 110);
        site = std::static_pointer_cast<FakeWordPress>(place.network);
        return place;
    });
    QVERIFY(!world.pull().error);
    QCOMPARE(allMessages(*world.workspace).size(), 110);
    const qint64 post = site->comments().first().post;
    const qint64 late = site->visitorComment(post, QStringLiteral("Zoe"), QStringLiteral("is it open?"));
    site->setDate(late, world.clock.now() - 5 * 365 * 24h);
    QCOMPARE(world.pull().messages, 1);
    QTRY_COMPARE(world.channelRow().health, Health::clockOff);
    QVERIFY(world.channelRow().healthDetail.contains(QLatin1StringView("1825 days behind")));
}

void PullTest::firstFeedOfOldEntriesIsNotEmpty()
{
    CourierWorld world([](WorldClock &clock) {
        Place place = sitePlace(clock, 25);
        clock.advance(90 * 24h);
        return place;
    });
    QVERIFY(!world.pull().error);
    // The first page of it; none of it is work.
    const QList<MessageRecord> messages = allMessages(*world.workspace);
    QCOMPARE(messages.size(), 10);
    for (const MessageRecord &message : messages)
        QCOMPARE(conversationOf(world, message.conversation).status, Status::resolved);
    QTRY_COMPARE(world.channelRow().health, Health::ok);
}

void PullTest::cutOffFeedIsTold()
{
    std::shared_ptr<FakeSite> site;
    CourierWorld world([&site](WorldClock &clock) {
        Place place = sitePlace(clock, 25);
        site = std::static_pointer_cast<FakeSite>(place.network);
        return place;
    });
    const QString feed = QStringLiteral("/comments/feed/");
    HttpRequest request;
    request.url = site->url(feed);
    const QByteArray whole = site->answer(request).body;
    site->setMalformed(feed, whole.left(whole.size() * 2 / 3));
    const ChannelReport report = world.pull();
    QVERIFY(!report.error);
    QVERIFY(report.messages > 0 && report.messages < 10);
    QTRY_COMPARE(world.channelRow().health, Health::cutOff);
    QVERIFY(!world.channelRow().healthDetail.isEmpty());
    site->setMalformed(feed, {});
    QVERIFY(!world.pull().error);
    QTRY_COMPARE(world.channelRow().health, Health::ok);
    QVERIFY(allMessages(*world.workspace).size() >= 10);
}

void PullTest::movedForGoodIsKept()
{
    std::shared_ptr<FakeSite> site;
    CourierWorld world([&site](WorldClock &clock) {
        Place place = sitePlace(clock, 25);
        site = std::static_pointer_cast<FakeSite>(place.network);
        return place;
    });
    QVERIFY(!world.pull().error);
    const QString before = world.channelRow().address;
    const int held = int(allMessages(*world.workspace).size());
    site->moveTo(QStringLiteral("/comments/feed/"), QStringLiteral("/comments/feed/atom/"));
    QVERIFY(!world.pull().error);
    const QString moved = site->url(QStringLiteral("/comments/feed/atom/")).toString();
    QVERIFY(before != moved);
    QTRY_COMPARE(world.channelRow().address, moved);
    // From then on the old one is not asked any more, and what is held stays what it was.
    world.endProcess();
    world.beginProcess();
    QVERIFY(!world.pull().error);
    for (const HttpRequest &request : world.transport->requests())
        QVERIFY2(request.url.toString() != before, qPrintable(request.url.toString()));
    QVERIFY(!world.transport->requests().empty());
    QCOMPARE(world.transport->requests().front().url.toString(), moved);
    QCOMPARE(allMessages(*world.workspace).size(), held);
    QTRY_COMPARE(world.channelRow().health, Health::ok);
}

void PullTest::hostileTexts()
{
    CourierWorld world(dialect());
    const QString bidi = QStringLiteral("safe \u202Eexe.gpj \u2066x end of bidi");
    const QString control = QStringLiteral("bell \u0007 escape \u001b[31m c1 \u009b31m nul ") + QChar(0) +
                            QStringLiteral(" end of control");
    const QString marks = QLatin1Char('a') + QString(5000, QChar(0x0301)) + QStringLiteral(" end of marks");
    const QString long1 = QString(1024 * 1024, QLatin1Char('x')) + QStringLiteral(" end of long");
    for (const QString &text : {bidi, control, marks, long1, QStringLiteral("<script>alert(1)</script> & markup")})
        static_cast<void>(world.customerAsks(text));
    QVERIFY(!world.pull().error);
    const QList<MessageRecord> messages = allMessages(*world.workspace);
    QCOMPARE(messages.size(), 5);
    for (const MessageRecord &message : messages) {
        for (const QChar c : message.text) {
            const bool isControl = c.category() == QChar::Other_Control && c != QLatin1Char('\n');
            QVERIFY2(!isControl, qPrintable(QString::number(c.unicode(), 16)));
        }
        const ConversationRecord conversation = conversationOf(world, message.conversation);
        QVERIFY(conversation.subject.size() <= 200);
        QVERIFY(conversation.snippet.size() <= 500);
        // What turns the direction of writing ends within the text.
        for (const QString &line : {message.text, conversation.subject, conversation.snippet}) {
            QCOMPARE(line.count(QChar(0x202e)), line.count(QChar(0x202c)));
            QCOMPARE(line.count(QChar(0x2066)), line.count(QChar(0x2069)));
        }
    }
    QVERIFY(messageWith(world, QStringLiteral("<script>alert(1)</script>")).id.isValid());
    // It comes the same way again: nothing has changed.
    const ChannelReport again = world.pull();
    QVERIFY(!again.error);
    QCOMPARE(again.messages + again.changes, 0);
}

void PullTest::whatIsGoneIsLeftAlone()
{
    std::shared_ptr<FakeSite> site;
    CourierWorld world([&site](WorldClock &clock) {
        Place place = sitePlace(clock, 25);
        site = std::static_pointer_cast<FakeSite>(place.network);
        return place;
    });
    QVERIFY(!world.pull().error);
    site->setGone(QStringLiteral("/comments/feed/"));
    const ChannelReport report = world.pull();
    QVERIFY(report.error && report.error->kind == ErrorKind::gone);
    QTRY_COMPARE(world.channelRow().health, Health::gone);
    QTRY_VERIFY(world.channelRow().nextPullAt >= world.clock.now() + 23h);
}

QTEST_GUILESS_MAIN(PullTest)
#include "tst_pull.moc"
