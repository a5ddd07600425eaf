// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wordpressworld.h"

#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

class WordPressPullTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstPullWalksBackToTheBeginning();
    void nextPullBringsOnlyWhatIsNew();
    void emptySiteIsRemembered();
    void horizonEndsTheFirstPull();
    void horizonBoundsTheFirstPullOnly_data();
    void horizonBoundsTheFirstPullOnly();
    void arrivalsDuringTheWalkAreMetByTheNext();
    void deletionsDuringTheWalkHideNothing_data();
    void deletionsDuringTheWalkHideNothing();
    void crashInMidWalkLosesNothing();
    void everyFailingRequestConverges_data();
    void everyFailingRequestConverges();
    void aSiteWithoutTotalsIsWalkedToo();
    void whoIsNotSignedInSeesLateApprovals();
    void whoIsNotSignedInPassesHiddenRows();
    void walkTextReadsBack();
};

static QStringList allUris(const WordPressWorld &world)
{
    QStringList uris;
    const auto &comments = world.site->comments();
    for (auto it = comments.cbegin(); it != comments.cend(); ++it)
        uris.append(world.uri(it.key()));
    uris.sort();
    return uris;
}

/// Everything that is on the site now is kept; what was kept and is gone from the site does not matter here.
static bool hasAll(const KeptPages &kept, const WordPressWorld &world)
{
    const QStringList uris = allUris(world);
    return std::all_of(uris.cbegin(), uris.cend(), [&](const QString &uri) { return kept.messages.contains(uri); });
}

void WordPressPullTest::firstPullWalksBackToTheBeginning()
{
    WordPressWorld world;
    world.visitors(250);
    KeptPages kept;
    const auto connector = world.connector();
    const auto first = await(connector->pull({}));
    QVERIFY(first.has_value() && first->hasMore);
    QCOMPARE(first->messages.first().uri, world.uri(250));
    QVERIFY(first->next.mark.isEmpty() && !first->next.walk.isEmpty());
    kept.keep(*first);
    QVERIFY(kept.pullAll(*connector).has_value());
    QCOMPARE(kept.pages, 3);
    QCOMPARE(kept.messages.keys(), allUris(world));
    QCOMPARE(kept.position, (Position{QStringLiteral("250"), {}}));
}

void WordPressPullTest::nextPullBringsOnlyWhatIsNew()
{
    WordPressWorld world;
    world.visitors(30);
    KeptPages kept;
    const auto connector = world.connector();
    QVERIFY(kept.pullAll(*connector).has_value());
    world.visitors(2);
    world.transport.forgetRequests();
    const auto page = await(connector->pull(kept.position));
    QVERIFY(page.has_value());
    QCOMPARE(page->messages.size(), 2);
    QVERIFY(!page->hasMore);
    QCOMPARE(page->next, (Position{QStringLiteral("32"), {}}));
    // The root, our user and the post's title are known by now.
    QCOMPARE(world.transport.requests().size(), size_t(1));
    world.site->remove(32);
    const auto none = await(connector->pull(page->next));
    QVERIFY(none.has_value() && none->messages.isEmpty());
    QCOMPARE(none->next, page->next);
}

void WordPressPullTest::emptySiteIsRemembered()
{
    WordPressWorld world;
    const auto connector = world.connector();
    const auto page = await(connector->pull({}));
    QVERIFY(page.has_value());
    QCOMPARE(page->next, Position({QStringLiteral("0"), {}}));
    QVERIFY(!page->hasMore);
}

void WordPressPullTest::horizonEndsTheFirstPull()
{
    WordPressWorld world;
    world.visitors(400);
    ChannelAccess access = world.access();
    access.horizon = world.clock.now() - 120min;
    // An old date in the middle, as an import makes it, does not end the walk.
    world.site->setDate(390, timeFromMs(1'000));
    const auto connector = world.connector(access);
    KeptPages kept;
    QVERIFY(kept.pullAll(*connector).has_value());
    QCOMPARE(kept.messages.size(), 120);
    QVERIFY(!kept.messages.contains(world.uri(390)));
    QVERIFY(kept.messages.contains(world.uri(280)) && !kept.messages.contains(world.uri(279)));
    QCOMPARE(kept.pages, 3);
    QCOMPARE(kept.position.mark, QStringLiteral("400"));
}

void WordPressPullTest::horizonBoundsTheFirstPullOnly_data()
{
    QTest::addColumn<bool>("isSignedIn");
    QTest::addColumn<int>("old");
    QTest::newRow("signed in") << true << 50;
    QTest::newRow("signed in, nothing there") << true << 0;
    QTest::newRow("public") << false << 50;
    QTest::newRow("public, nothing there") << false << 0;
}

void WordPressPullTest::horizonBoundsTheFirstPullOnly()
{
    QFETCH(bool, isSignedIn);
    QFETCH(int, old);
    WordPressWorld world;
    world.visitors(old);
    ChannelAccess access = isSignedIn ? world.access() : world.publicAccess();
    access.horizon = world.clock.now() + 1min;
    const auto connector = world.connector(access);
    KeptPages kept;
    QVERIFY(kept.pullAll(*connector).has_value());
    QCOMPARE(kept.messages.size(), 0);
    // The site's clock goes wrong.
    world.clock.advance(-5 * 365 * 24h);
    world.visitors(120);
    QVERIFY(kept.pullAll(*connector).has_value());
    QCOMPARE(kept.messages.size(), 120);
    QVERIFY(kept.pullAll(*connector).has_value());
    QCOMPARE(kept.messages.size(), 120);
}

void WordPressPullTest::arrivalsDuringTheWalkAreMetByTheNext()
{
    WordPressWorld world;
    world.visitors(350);
    const auto connector = world.connector();
    KeptPages kept;
    for (bool hasMore = true; hasMore;) {
        const auto page = await(connector->pull(kept.position));
        QVERIFY(page.has_value());
        kept.keep(*page);
        hasMore = page->hasMore;
        world.visitors(kept.pages == 2 ? 130 : 7);
    }
    QCOMPARE(kept.position.mark, QStringLiteral("350"));
    QVERIFY(!hasAll(kept, world));
    QVERIFY(kept.pullAll(*connector).has_value());
    QVERIFY(hasAll(kept, world));
}

void WordPressPullTest::deletionsDuringTheWalkHideNothing_data()
{
    QTest::addColumn<int>("removed");
    QTest::addColumn<int>("arriving");
    QTest::newRow("one") << 1 << 0;
    QTest::newRow("as many as arrive") << 20 << 20;
    QTest::newRow("more than arrive") << 60 << 20;
    QTest::newRow("a whole page and more") << 95 << 0;
}

void WordPressPullTest::deletionsDuringTheWalkHideNothing()
{
    QFETCH(const int, removed);
    QFETCH(const int, arriving);
    WordPressWorld world;
    world.visitors(500);
    const auto connector = world.connector();
    KeptPages kept;
    qint64 next = 500;
    for (bool hasMore = true; hasMore;) {
        const auto page = await(connector->pull(kept.position));
        QVERIFY(page.has_value());
        kept.keep(*page);
        hasMore = page->hasMore;
        if (kept.pages > 2)
            continue;
        for (int i = 0; i < removed; ++i)
            world.site->remove(next--);
        world.visitors(arriving);
    }
    QVERIFY(kept.pullAll(*connector).has_value());
    QVERIFY(hasAll(kept, world));
}

void WordPressPullTest::crashInMidWalkLosesNothing()
{
    WordPressWorld world;
    world.visitors(450);
    KeptPages kept;
    for (int life = 0; life < 6; ++life) {
        const auto connector = world.connector();
        const auto page = await(connector->pull(kept.position));
        QVERIFY(page.has_value());
        // Every second life ends before its page is stored.
        if (life % 2 == 0)
            kept.keep(*page);
        world.visitors(11);
        world.site->remove(449 - life);
    }
    const auto connector = world.connector();
    QVERIFY(kept.pullAll(*connector).has_value());
    QVERIFY(kept.pullAll(*connector).has_value());
    QVERIFY(hasAll(kept, world));
}

void WordPressPullTest::everyFailingRequestConverges_data()
{
    QTest::addColumn<Trouble>("trouble");
    QTest::addColumn<bool>("isPretty");
    for (const bool isPretty : {true, false}) {
        const char *links = isPretty ? "pretty" : "plain";
        QTest::addRow("refused, %s", links) << Trouble::refused << isPretty;
        QTest::addRow("answer lost, %s", links) << Trouble::answerLost << isPretty;
        QTest::addRow("server error, %s", links) << Trouble::serverError << isPretty;
        QTest::addRow("garbage, %s", links) << Trouble::garbage << isPretty;
    }
}

void WordPressPullTest::everyFailingRequestConverges()
{
    QFETCH(const Trouble, trouble);
    QFETCH(const bool, isPretty);
    WordPressWorld world;
    world.site->setPretty(isPretty);
    world.visitors(130);
    const qint64 page = world.site->addPost(QStringLiteral("About"), QStringLiteral("page"));
    world.site->visitorComment(page, QStringLiteral("Ann"), QStringLiteral("on a page"));
    world.visitors(20);
    KeptPages whole;
    const auto reference = world.connector();
    QVERIFY(whole.pullAll(*reference).has_value());
    QVERIFY(hasAll(whole, world));

    bool hasFailed = true;
    for (int k = 0; hasFailed; ++k) {
        QVERIFY(k < 50);
        KeptPages kept;
        const auto connector = world.connector();
        world.transport.setTrouble(k, trouble);
        hasFailed = !kept.pullAll(*connector).has_value();
        // The front page's garbage costs a guess; nothing but that may go unnoticed.
        const bool wentUnnoticed = !hasFailed && k == 0 && trouble == Trouble::garbage;
        hasFailed = hasFailed || wentUnnoticed;
        world.transport.setTrouble(-1, Trouble::none);
        QVERIFY(kept.pullAll(*connector).has_value());
        QVERIFY2(kept.messages == whole.messages, qPrintable(QString::number(k)));
        QCOMPARE(kept.position, whole.position);
    }
}

void WordPressPullTest::aSiteWithoutTotalsIsWalkedToo()
{
    WordPressWorld world;
    world.site->setTotals(false);
    world.visitors(320);
    const auto connector = world.connector();
    KeptPages kept;
    const auto first = await(connector->pull({}));
    QVERIFY(first.has_value());
    kept.keep(*first);
    world.site->remove(320);
    world.site->remove(319);
    QVERIFY(kept.pullAll(*connector).has_value());
    QVERIFY(hasAll(kept, world));
    QCOMPARE(kept.position.mark, QStringLiteral("320"));
}

void WordPressPullTest::whoIsNotSignedInSeesLateApprovals()
{
    WordPressWorld world;
    world.visitors(20);
    world.site->setStatus(10, QStringLiteral("hold"));
    const auto connector = world.connector(world.publicAccess());
    KeptPages kept;
    QVERIFY(kept.pullAll(*connector).has_value());
    QCOMPARE(kept.messages.size(), 19);
    QCOMPARE(kept.position.mark, QStringLiteral("20"));
    world.site->setStatus(10, QStringLiteral("approve"));
    QVERIFY(kept.pullAll(*connector).has_value());
    QVERIFY(kept.messages.contains(world.uri(10)));
    for (const HttpRequest &request : world.transport.requests())
        QVERIFY(request.authorization.isEmpty());
}

void WordPressPullTest::whoIsNotSignedInPassesHiddenRows()
{
    WordPressWorld world;
    world.visitors(50);
    const qint64 secret = world.site->addPost(QStringLiteral("Staff only"), QStringLiteral("post"), false);
    for (int i = 0; i < 350; ++i)
        world.site->visitorComment(secret, QStringLiteral("Bob"), QStringLiteral("inside %1").arg(i));
    const auto connector = world.connector(world.publicAccess());
    KeptPages kept;
    QVERIFY(kept.pullAll(*connector).has_value());
    QCOMPARE(kept.messages.size(), 50);
    QCOMPARE(kept.position.mark, QStringLiteral("50"));
}

void WordPressPullTest::walkTextReadsBack()
{
    const WordPressWalk walk{17, 300, 4'000};
    QCOMPARE(walkFrom(toText(walk)), std::optional(walk));
    QVERIFY(!walkFrom({}) && !walkFrom(QStringLiteral("1 2")) && !walkFrom(QStringLiteral("1 -5 3")));
}

QTEST_GUILESS_MAIN(WordPressPullTest)
#include "tst_wordpresspull.moc"
