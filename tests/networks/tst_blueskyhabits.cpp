// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybench.h"

#include <algorithm>

using namespace Earshot;

static const auto brand = QStringLiteral("brand");
static const auto mira = QStringLiteral("mira");
static const auto jo = QStringLiteral("jo");

/// What the network and its people do beside asking us: enormous posts, settings, reactions, searches.
class BlueskyHabitsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void enormousPostsStopNothing();
    void settingsOfTheAccountHideNobody();
    void hiddenListsAreTold();
    void othersReactionsAreNoMessages();
    void repostsAreNoPosts();
    void accountsMayBeOutOfUse();
    void searchesAreTheServers_data();
    void searchesAreTheServers();
    void othersInATalkAreJudgedByWords();
    void followersAreAskedForOnceADay();
    void pullDoesWithoutFollowers();

private:
    static QStringList fill(BlueskyBench &bench, int count);
    /// How often profiles were asked for.
    static int asked(const BlueskyBench &bench)
    {
        const auto &all = bench.transport.requests();
        return int(std::count_if(all.cbegin(), all.cend(), &BlueskyHabitsTest::isForProfiles));
    }
    static bool isForProfiles(const HttpRequest &request)
    {
        return request.url.path().endsWith(QLatin1StringView("getProfiles"));
    }
};

QStringList BlueskyHabitsTest::fill(BlueskyBench &bench, int count)
{
    QStringList uris;
    for (int i = 0; i < count; ++i)
        uris.append(bench.server->post(mira, QStringLiteral("@brand.pds.example help %1").arg(i)));
    bench.clock.value = bench.server->time();
    return uris;
}

void BlueskyHabitsTest::enormousPostsStopNothing()
{
    BlueskyBench bench;
    // The network bears records of a megabyte, whatever is in them.
    const auto enormous = [&](const QString &parent, const QString &text) {
        FakeBluesky::Manner manner;
        manner.inReplyTo = parent;
        manner.embed = {{QStringLiteral("$type"), QStringLiteral("net.example.unknown")},
                        {QStringLiteral("more"), QString(900'000, QLatin1Char('x'))}};
        return bench.server->post(mira, text, manner);
    };
    QStringList asked;
    for (int i = 0; i < 30; ++i)
        asked.append(enormous({}, QStringLiteral("@brand.pds.example help %1").arg(i)));
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(asked), QStringList());
    QList<KnownMessage> known;
    for (const QString &uri : std::as_const(asked))
        known.append({uri, bench.message(uri)->remoteId, false});
    const auto again = await(bench.connector->refresh(known));
    QVERIFY(again);
    QCOMPARE(again->messages.size(), 30);
    QVERIFY(again->changes.isEmpty());
    // A talk that grew too large above the question, one below our own post, and our own posts themselves.
    QString parent = bench.server->post(jo, QStringLiteral("to all"));
    for (int i = 0; i < 25; ++i)
        parent = enormous(parent, QStringLiteral("and I say"));
    const QString mention =
        bench.server->post(mira, QStringLiteral("@brand.pds.example and you?"), {.inReplyTo = parent});
    const QString ours = bench.server->post(brand, QStringLiteral("News"));
    for (int i = 0; i < 25; ++i)
        enormous(ours, QStringLiteral("I see"));
    const QString reply = bench.server->post(jo, QStringLiteral("Nice"), {.inReplyTo = ours});
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing({mention, reply}), QStringList());
    // They are shown without the rest, and can be answered.
    for (const QString &uri : {mention, ours}) {
        const auto thread = await(bench.connector->thread({uri, {}, false}));
        QVERIFY2(thread, thread ? "" : qPrintable(thread.error().detail));
        QVERIFY(
            std::any_of(thread->cbegin(), thread->cend(), [&](const RemoteMessage &one) { return one.uri == uri; }));
    }
    QVERIFY(await(bench.connector->deliver(*bench.answerTo(mention, QStringLiteral("Yes")))));
    QCOMPARE(bench.answersTo(mention), QStringList{QStringLiteral("Yes")});
    // What is new afterwards comes as ever.
    const QStringList more = fill(bench, 3);
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(more), QStringList());
}

void BlueskyHabitsTest::settingsOfTheAccountHideNobody()
{
    BlueskyBench bench;
    bench.server->follow(brand, jo);
    bench.server->setPriority(brand, true);
    const QStringList asked = fill(bench, 3);
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(asked), QStringList());
}

void BlueskyHabitsTest::hiddenListsAreTold()
{
    BlueskyBench bench;
    fill(bench, 1);
    QVERIFY(bench.pull());
    QCOMPARE(bench.withheld, QString());
    bench.server->hideList(brand, QStringLiteral("Loud people"), {jo});
    bench.server->hideList(brand, QStringLiteral("Trolls"), {}, true);
    bench.server->post(jo, QStringLiteral("@brand.pds.example anyone?"));
    // Asked now and then; a server that fails at it stops nothing, and is asked again.
    bench.clock.value += std::chrono::hours(2);
    bench.server->setTime(bench.clock.value);
    bench.transport.forgetRequests();
    QVERIFY(bench.pull());
    QCOMPARE(bench.messages.size(), 1);
    QVERIFY2(bench.withheld.endsWith(QLatin1StringView("Loud people, Trolls")), qPrintable(bench.withheld));
    const int count = bench.requestsTo(QStringLiteral("getList"));
    QCOMPARE(count, 2);
    QVERIFY(bench.pull());
    QVERIFY(!bench.withheld.isEmpty());
    QCOMPARE(bench.requestsTo(QStringLiteral("getList")), count);
}

void BlueskyHabitsTest::othersReactionsAreNoMessages()
{
    BlueskyBench bench;
    // A server that does not know the filter of reasons, and reasons that nobody knew when this was written.
    bench.server->setIgnoresReasons();
    const QString ours = bench.server->post(brand, QStringLiteral("News"));
    const QJsonObject subject{{QStringLiteral("uri"), ours}, {QStringLiteral("cid"), bench.server->cidOf(ours)}};
    const QJsonObject reaction{{QStringLiteral("subject"), subject},
                               {QStringLiteral("createdAt"), toIso(bench.server->time())}};
    for (const char *kind : {"app.bsky.feed.like", "app.bsky.feed.repost", "app.bsky.feed.applause"})
        bench.server->write(jo, QLatin1StringView(kind), QStringLiteral("3n2uehs7dcc27"), reaction);
    bench.server->write(jo, QStringLiteral("app.bsky.graph.follow"), QStringLiteral("3n2uehs7dcc27"),
                        {{QStringLiteral("subject"), bench.server->didOf(brand)},
                         {QStringLiteral("createdAt"), toIso(bench.server->time())}});
    const QString reply = bench.server->post(mira, QStringLiteral("Nice"), {.inReplyTo = ours});
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    QStringList uris = bench.messages.keys();
    uris.sort();
    QStringList wanted{ours, reply};
    wanted.sort();
    QCOMPARE(uris, wanted);
}

void BlueskyHabitsTest::repostsAreNoPosts()
{
    BlueskyBench bench;
    const QString theirs = bench.server->post(jo, QStringLiteral("Look at this"));
    const QString ours = bench.server->post(brand, QStringLiteral("News"));
    const QJsonObject subject{{QStringLiteral("uri"), theirs}, {QStringLiteral("cid"), bench.server->cidOf(theirs)}};
    bench.server->write(
        brand, QStringLiteral("app.bsky.feed.repost"), QStringLiteral("3n2uehs7dcc27"),
        {{QStringLiteral("subject"), subject}, {QStringLiteral("createdAt"), toIso(bench.server->time())}});
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    QCOMPARE(bench.messages.keys(), QStringList{ours});
    // Neither as a public source.
    bench.access.secret = Secret();
    bench.restart();
    bench.position = {};
    bench.messages.clear();
    QVERIFY(bench.pull());
    QCOMPARE(bench.messages.keys(), QStringList{ours});
}

void BlueskyHabitsTest::accountsMayBeOutOfUse()
{
    for (const auto standing : {FakeBluesky::Standing::deactivated, FakeBluesky::Standing::takenDown}) {
        BlueskyBench bench;
        const QStringList uris = fill(bench, 2);
        QVERIFY(bench.pull());
        const auto wish = bench.answerTo(uris.first(), QStringLiteral("Yes"));
        QVERIFY(wish);
        bench.server->setStanding(brand, standing);
        // With a session from before, and by signing in.
        QCOMPARE(await(bench.connector->deliver(*wish)).error().kind, ErrorKind::permission);
        bench.access.secret = Secret(FakeBluesky::passwordOf(brand));
        bench.restart();
        QCOMPARE(bench.pull().error().kind, ErrorKind::permission);
        QCOMPARE(await(bench.connector->check()).error().kind, ErrorKind::permission);
        QCOMPARE(bench.answersTo(uris.first()), QStringList());
        // In use again, it goes on where it was.
        bench.server->setStanding(brand, FakeBluesky::Standing::active);
        const QStringList more = fill(bench, 1);
        QVERIFY(bench.pull());
        QCOMPARE(bench.missing(more), QStringList());
    }
}

void BlueskyHabitsTest::searchesAreTheServers_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QList<int>>("found"); ///< of the posts below
    QTest::newRow("author") << QByteArray("search?q=from:jo.pds.example+lamp") << QList<int>{1, 2};
    QTest::newRow("phrase") << QByteArray("search?q=\"blue+lamp\"") << QList<int>{0, 4};
    QTest::newRow("language") << QByteArray("search?q=lang:de+Lampe") << QList<int>{2};
    QTest::newRow("description") << QByteArray("search?q=chandelier") << QList<int>{3};
    QTest::newRow("card") << QByteArray("search?q=Sconces") << QList<int>{5};
    QTest::newRow("tag") << QByteArray("hashtag/lamp") << QList<int>{1, 6};
    QTest::newRow("tag in capitals") << QByteArray("hashtag/LAMP") << QList<int>{1, 6};
}

void BlueskyHabitsTest::searchesAreTheServers()
{
    QFETCH(const QByteArray, address);
    QFETCH(const QList<int>, found);
    BlueskyBench bench;
    const QJsonObject picture{{QStringLiteral("alt"), QStringLiteral("a chandelier")}};
    const QJsonObject card{{QStringLiteral("uri"), QStringLiteral("https://shop.example")},
                           {QStringLiteral("title"), QStringLiteral("Sconces")},
                           {QStringLiteral("description"), QString()}};
    FakeBluesky::Manner german;
    german.language = QStringLiteral("de");
    FakeBluesky::Manner shown;
    shown.embed = {{QStringLiteral("$type"), QStringLiteral("app.bsky.embed.images")},
                   {QStringLiteral("images"), QJsonArray{picture}}};
    FakeBluesky::Manner linked;
    linked.embed = {{QStringLiteral("$type"), QStringLiteral("app.bsky.embed.external")},
                    {QStringLiteral("external"), card}};
    const QStringList posts{
        bench.server->post(mira, QStringLiteral("my blue lamp")),
        bench.server->post(jo, QStringLiteral("blue is no lamp #Lamp")),
        bench.server->post(jo, QStringLiteral("Meine Lampe"), german),
        bench.server->post(mira, QStringLiteral("see"), shown),
        bench.server->post(mira, QStringLiteral("\"a blue lamp\", she said #lamps #lampe")),
        bench.server->post(mira, QStringLiteral("look"), linked),
        bench.server->post(mira, QStringLiteral("#lamp, and more")),
    };
    bench.clock.value = bench.server->time();
    bench.access.secret = Secret();
    bench.access.address = QStringLiteral("https://bsky.app/") + QString::fromLatin1(address);
    bench.restart();
    QVERIFY(bench.pull());
    QStringList wanted;
    for (const int i : found)
        wanted.append(posts.at(i));
    QStringList heard = bench.messages.keys();
    std::sort(wanted.begin(), wanted.end());
    std::sort(heard.begin(), heard.end());
    QCOMPARE(heard, wanted);
    QCOMPARE(bench.missing(wanted), QStringList());
}

void BlueskyHabitsTest::othersInATalkAreJudgedByWords()
{
    BlueskyBench bench;
    const QString root = bench.server->post(mira, QStringLiteral("my Blue lamp"));
    const QString middle = bench.server->post(jo, QStringLiteral("which one?"), {.inReplyTo = root});
    const QString last = bench.server->post(jo, QStringLiteral("ah, the blue lamp"), {.inReplyTo = middle});
    bench.clock.value = bench.server->time();
    bench.access.secret = Secret();
    const auto context = [&](const char *address) {
        bench.access.address = QStringLiteral("https://bsky.app/search?q=") + QLatin1StringView(address);
        bench.restart();
        bench.position = {};
        bench.messages.clear();
        if (!bench.pull())
            return QByteArray("failed");
        QByteArray told;
        for (const QString &uri : {root, middle, last})
            told += !bench.message(uri) ? '-' : (bench.message(uri)->isContext ? 'c' : 'w');
        return told;
    };
    QCOMPARE(context("blue+lamp"), QByteArray("wcw"));
    QCOMPARE(context("\"the+blue+lamp\""), QByteArray("ccw"));
    QCOMPARE(context("from:jo.pds.example+blue"), QByteArray("ccw"));
}

void BlueskyHabitsTest::followersAreAskedForOnceADay()
{
    BlueskyBench bench;
    bench.server->setFollowers(mira, 12'400);
    const auto say = [&](const QString &who) {
        const QString uri = bench.server->post(who, QStringLiteral("@brand.pds.example help"));
        bench.clock.value = std::max(bench.clock.value, bench.server->time());
        return uri;
    };
    const auto followers = [&](const QString &uri) { return bench.message(uri)->author.followers; };
    const QString first = say(mira);
    const QString other = say(jo);
    QVERIFY(bench.pull());
    QCOMPARE(followers(first), std::optional(12'400));
    QCOMPARE(followers(other), std::optional(0));
    QCOMPARE(asked(bench), 1);
    // Whatever becomes of it meanwhile.
    bench.server->setFollowers(mira, 20'000);
    const QString second = say(mira);
    QVERIFY(bench.pull());
    QCOMPARE(followers(second), std::optional(12'400));
    QCOMPARE(asked(bench), 1);
    bench.server->setTime(bench.server->time() + std::chrono::hours(25));
    const QString third = say(mira);
    QVERIFY(bench.pull());
    QCOMPARE(followers(third), std::optional(20'000));
    QCOMPARE(asked(bench), 2);
    // The network tells 25 at a time.
    for (int i = 0; i < 30; ++i) {
        bench.server->addPerson(QStringLiteral("fan%1").arg(i));
        bench.server->setFollowers(QStringLiteral("fan%1").arg(i), 1 + i);
    }
    QStringList fans;
    for (int i = 0; i < 30; ++i)
        fans.append(say(QStringLiteral("fan%1").arg(i)));
    QVERIFY(bench.pull());
    QCOMPARE(asked(bench), 4);
    for (int i = 0; i < 30; ++i)
        QCOMPARE(followers(fans.at(i)), std::optional(1 + i));
}

void BlueskyHabitsTest::pullDoesWithoutFollowers()
{
    int place = 0;
    for (const Trouble trouble : {Trouble::none, Trouble::refused, Trouble::serverError, Trouble::garbage}) {
        BlueskyBench bench;
        const QStringList uris = fill(bench, 3);
        bench.transport.setTrouble(place, trouble);
        QVERIFY(bench.pull());
        QCOMPARE(bench.missing(uris), QStringList());
        QCOMPARE(asked(bench), 1);
        QCOMPARE(bench.message(uris.constFirst())->author.followers.has_value(), trouble == Trouble::none);
        const auto &all = bench.transport.requests();
        place = int(std::find_if(all.cbegin(), all.cend(), &BlueskyHabitsTest::isForProfiles) - all.cbegin());
    }
}

QTEST_GUILESS_MAIN(BlueskyHabitsTest)
#include "tst_blueskyhabits.moc"
