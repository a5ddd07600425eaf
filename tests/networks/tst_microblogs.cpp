// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/ownsearch.h"
#include "networks/pullmemory.h"
#include "networks/timelinewalker.h"

#include <QTest>

using namespace Earshot;

/// What the microblogs share beside walking a timeline.
class MicroblogsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void memoryCountsWhenStored();
    void memoryForgetsAtLast();
    void ownPostsAreReadToTheKnown();
    void ownPostsEndWithTheOld();
    void ownSearchKnowsWhereToStop();

private:
    static Page page(const char *mark)
    {
        Page page;
        page.next = {.mark = QLatin1StringView(mark), .walk = {}};
        return page;
    }
    static QList<OwnPost> posts(const QStringList &uris, bool isTooOld = false)
    {
        QList<OwnPost> list;
        for (const QString &uri : uris)
            list.append({.uri = uri, .replies = 0, .isTooOld = isTooOld, .needsRoot = false});
        return list;
    }
};

void MicroblogsTest::memoryCountsWhenStored()
{
    const QString key = QStringLiteral("a");
    PullMemory<int> memory(10);
    memory.begin({});
    memory.learn(key, 1);
    QVERIFY(memory.find(key) && !memory.findStored(key));
    memory.end(page("1"));
    // The page could not be stored: the same position again.
    memory.begin({});
    QVERIFY(!memory.find(key));
    memory.learn(key, 2);
    memory.end(page("1"));
    memory.begin(page("1").next);
    QVERIFY(memory.findStored(key));
    QCOMPARE(*memory.findStored(key), 2);
    // A pull that failed answers nothing, so that what it learnt never counts.
    memory.learn(QStringLiteral("b"), 3);
    memory.begin(page("1").next);
    QVERIFY(!memory.find(QStringLiteral("b")));
    QVERIFY(memory.find(key));
}

void MicroblogsTest::memoryForgetsAtLast()
{
    PullMemory<int> memory(3);
    memory.begin({});
    for (int i = 0; i < 100; ++i)
        memory.learn(QString::number(i), i);
    QVERIFY(memory.find(QStringLiteral("3")));
    QVERIFY(!memory.find(QStringLiteral("4")));
    memory.end(page("1"));
    memory.begin(page("1").next);
    QVERIFY(memory.findStored(QStringLiteral("0")));
    memory.learn(QStringLiteral("x"), 1);
    memory.end(page("2"));
    memory.begin(page("2").next);
    QVERIFY(!memory.findStored(QStringLiteral("0")));
    QVERIFY(memory.findStored(QStringLiteral("x")));
}

void MicroblogsTest::ownPostsAreReadToTheKnown()
{
    TimelineMark mark;
    mark.replies.insert(QStringLiteral("known"), 0);
    OwnPostsWalk walk(mark, false);
    QVERIFY(walk.take(posts({QStringLiteral("new")})));
    QVERIFY(!walk.take(posts({QStringLiteral("new 2"), QStringLiteral("known")})));
    QCOMPARE(walk.choose().fresh, (QList<qsizetype>{0, 1}));
    // Some were left unread the last time: they may stand further down.
    mark.hasRest = true;
    OwnPostsWalk again(mark, false);
    QVERIFY(again.take(posts({QStringLiteral("known")})));
    // At most five pages.
    OwnPostsWalk endless({}, false);
    for (int i = 0; i < 4; ++i)
        QVERIFY(endless.take(posts({QString::number(i)})));
    QVERIFY(!endless.take(posts({QStringLiteral("5")})));
}

void MicroblogsTest::ownPostsEndWithTheOld()
{
    OwnPostsWalk walk({}, true);
    // A pinned old post among new ones is no end.
    QVERIFY(walk.take(posts({QStringLiteral("pinned")}, true) + posts({QStringLiteral("new")})));
    QVERIFY(!walk.take(posts({QStringLiteral("old"), QStringLiteral("older")}, true)));
    OwnPostsWalk later({}, false);
    QVERIFY(later.take(posts({QStringLiteral("old")}, true)));
}

void MicroblogsTest::ownSearchKnowsWhereToStop()
{
    using Next = OwnSearch::Next;
    const Time began = timeFromMs(1'790'000'000'000);
    const Duration hour = std::chrono::hours(1);
    const QString uri = QStringLiteral("u");
    Attempt attempt;
    attempt.startedAt = began;
    OwnSearch search(attempt, 2);
    search.setClock(began, -hour);
    QVERIFY(search.isPossible(uri, began - hour));
    QVERIFY(!search.isPossible(uri, began - hour - std::chrono::minutes(3)));
    QCOMPARE(search.after(began, false), Next::end);
    QCOMPARE(search.after(began - 2 * hour, true), Next::end);
    QCOMPARE(search.after(began, true), Next::page);
    QCOMPARE(search.after(began, true), Next::unknown);
    attempt.boundUris = {uri};
    OwnSearch bound(attempt, 2);
    bound.setClock(began, Duration(0));
    QVERIFY(!bound.isPossible(uri, began));
    // When it was nobody knows after our clock was set back.
    OwnSearch strange(attempt, 1);
    strange.setClock(began - hour, Duration(0));
    QVERIFY(strange.isPossible(QStringLiteral("v"), timeFromMs(1)));
    QCOMPARE(strange.after(began, true), Next::end);
}

QTEST_GUILESS_MAIN(MicroblogsTest)
#include "tst_microblogs.moc"
