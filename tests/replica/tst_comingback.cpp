// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/oneagent.h"
#include "tests/replica/wirereplicaserver.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace Earshot;

namespace {

/// The frames of a WebSocket's server, none of which is 64 kB long, are all whole.
bool isWhole(const QByteArray &frames)
{
    qsizetype at = 0;
    while (at + 4 <= frames.size()) {
        const qsizetype length = quint8(frames.at(at + 1)) & 0x7f;
        const qsizetype extended = (quint8(frames.at(at + 2)) << 8) | quint8(frames.at(at + 3));
        at += length < 126 ? 2 + length : 4 + extended;
    }
    return at > 0 && at == frames.size();
}

} // namespace

/// What a desktop missed is fetched by itself.
class ComingBackTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin({}); }
    void cleanup() { end(); }
    void lostDeltaIsAskedFor();
    void sleepIsFollowedByABeginning();
    void pausesGrow();
    void pausesAreScattered();
    void whatIsNotTakenIsSentMoreSeldom();
    void forgottenDeletionsAreFollowedByFreshSlices();
    void serverThatCrashedIsTheSame();

private:
    [[nodiscard]] auto timesAsked(const char *beginning) const
    {
        return std::ranges::count_if(m_proxy->requests(),
                                     [beginning](const QByteArray &line) { return line.startsWith(beginning); });
    }
};

/// One commit is not told: the next one begins where this replica is not.
void ComingBackTest::lostDeltaIsAskedFor()
{
    m_proxy->losePushes(true);
    m_world->receive(ServerWorld::open, str("lost"), str("told of to nobody"));
    QTRY_VERIFY(isWhole(m_proxy->lostPushes()));
    m_proxy->losePushes(false);
    const auto asked = timesAsked("POST /jmap/api");
    QCOMPARE(m_kim->rows(str("SELECT id FROM message WHERE text = 'told of to nobody'")), QStringList());
    m_world->receive(ServerWorld::open, str("told"), str("told of"));
    QTRY_COMPARE(m_kim->rows(str("SELECT count(*) FROM message WHERE text LIKE 'told of%'")), QStringList{str("2")});
    QVERIFY(timesAsked("POST /jmap/api") > asked);
    QTRY_VERIFY(isEqual());
    // The ones after it fit again.
    const auto askedSince = timesAsked("POST /jmap/api");
    m_world->receive(ServerWorld::open, str("fits"), str("told of, too"));
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesAsked("POST /jmap/api"), askedSince);
}

/// The line is dead and does not say so: nobody waits for that.
void ComingBackTest::sleepIsFollowedByABeginning()
{
    WorldClock timeOfDay;
    m_kim->close();
    ReplicaSession::Options options;
    options.path = m_kim->path();
    options.token = Secret(m_world->token(ServerWorld::kim));
    options.pauses.betweenLooks = std::chrono::milliseconds(10);
    options.pauses.timeOfDay = &timeOfDay;
    const auto session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
    m_proxy->losePushes(true);
    m_world->receive(ServerWorld::open, str("meanwhile"), str("said while it slept"));
    QTRY_VERIFY(isWhole(m_proxy->lostPushes()));
    const auto begun = timesAsked("GET /.well-known/jmap");
    const auto heard = [&] {
        return firstColumn(session->workspace(), str("SELECT id FROM message WHERE text = 'said while it slept'"));
    };
    // A few seconds are none.
    timeOfDay.advance(std::chrono::seconds(8));
    QCOMPARE(heard(), QStringList());
    m_proxy->losePushes(false);
    timeOfDay.advance(std::chrono::hours(8));
    QTRY_COMPARE(heard().size(), 1);
    QCOMPARE(timesAsked("GET /.well-known/jmap"), begun + 1);
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
}

/// A server in trouble is not asked all the time by everybody who has lost it. A pause may be half as long as it would
/// be (replica/waiting).
void ComingBackTest::pausesGrow()
{
    using namespace std::chrono_literals;
    m_kim->close();
    ReplicaSession::Options options;
    options.path = m_kim->path();
    options.token = Secret(m_world->token(ServerWorld::kim));
    options.pauses.first = 20ms;
    options.pauses.longest = 1h;
    m_proxy->loseRequests("GET /.well-known/jmap", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    QElapsedTimer timer;
    timer.start();
    const int before = m_proxy->cutCount();
    const auto session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    QTRY_VERIFY(m_proxy->cutCount() >= before + 8);
    const Duration least = (20ms + 40ms + 80ms + 160ms + 320ms + 640ms + 1280ms) / 2;
    QVERIFY2(timer.elapsed() >= least.count(), qPrintable(QString::number(timer.elapsed())));
    // Once it was there, they begin anew.
    m_proxy->loseRequests({});
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
    m_world->stopServer();
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::offline);
    start();
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
}

/// A thousand desktops that lost the same server do not come back in the same moment: sooner or later one of two tries
/// follows the other clearly before the pause is over, and none of them much before half of it is.
void ComingBackTest::pausesAreScattered()
{
    using namespace std::chrono_literals;
    constexpr qint64 pause = 200;
    m_kim->close();
    ReplicaSession::Options options;
    options.path = m_kim->path();
    options.token = Secret(m_world->token(ServerWorld::kim));
    options.pauses.first = options.pauses.longest = std::chrono::milliseconds(pause);
    m_proxy->loseRequests("GET /.well-known/jmap", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    QElapsedTimer sinceLast;
    int tries = m_proxy->cutCount();
    qint64 shortest = 2 * pause;
    QTimer look;
    connect(&look, &QTimer::timeout, this, [&] {
        if (std::exchange(tries, m_proxy->cutCount()) == m_proxy->cutCount())
            return;
        if (sinceLast.isValid())
            shortest = std::min(shortest, sinceLast.elapsed());
        sinceLast.start();
    });
    look.start(1ms);
    const auto session = std::move(ReplicaSession::open(options, m_world->clock()).value());
    QTRY_VERIFY2(shortest < pause * 8 / 10, qPrintable(QString::number(shortest)));
    QVERIFY2(shortest > pause * 4 / 10, qPrintable(QString::number(shortest)));
}

/// What waits to be sent, where the server is there and does not take it, is sent more seldom too; up to a limit.
void ComingBackTest::whatIsNotTakenIsSentMoreSeldom()
{
    using namespace std::chrono_literals;
    m_proxy->loseRequests("Action/perform", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    QElapsedTimer timer;
    timer.start();
    QVERIFY(does(note(1, "kept")));
    QTRY_VERIFY(m_proxy->cutCount() >= 8);
    const Duration least = (20ms + 40ms + 80ms + 160ms + 320ms + 640ms + 640ms) / 2;
    QVERIFY2(timer.elapsed() >= least.count(), qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_kim->kind(), DeskStatus::Kind::current);
    QCOMPARE(m_kim->desk().refusedCount(), 0);
    m_proxy->loseRequests({});
    QTRY_COMPARE(timesSaid(str("kept")), 1);
    QTRY_VERIFY(isEqual());
}

/// What was deleted long ago the server does not tell any more: all is fetched anew, and what waits is sent.
void ComingBackTest::forgottenDeletionsAreFollowedByFreshSlices()
{
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("red")}).isApplied());
    QTRY_VERIFY(isEqual());
    const QString tags = str("SELECT count(*) FROM conversation_tag");
    QCOMPARE(m_kim->rows(tags), QStringList{str("1")});
    stop();
    QVERIFY(does(note(2, "written meanwhile")));
    QVERIFY(m_world->act(Act::RemoveTag{ConversationId(1), str("red")}).isApplied());
    m_world->runSql(str("DELETE FROM tombstone; INSERT OR REPLACE INTO meta (name, value) "
                        "SELECT 'tombstones_since', max(last_seq) FROM commit_log"));
    const auto fetched = timesAsked("GET /jmap/download");
    Server::Options options;
    options.limits = smallSlices();
    m_world->start(std::move(options), m_port);
    QTRY_COMPARE(timesSaid(str("written meanwhile")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->rows(tags), QStringList{str("0")});
    QVERIFY(timesAsked("GET /jmap/download") > fetched);
    QCOMPARE(timesSaid(str("written meanwhile")), 1);
}

/// What was told is there, and nobody takes it for an earlier one.
void ComingBackTest::serverThatCrashedIsTheSame()
{
    QVERIFY(does(note(1, "said before")));
    QTRY_VERIFY(isEqual());
    m_world->crash();
    QCOMPARE(m_world->workspace().origin(), Workspace::Origin::same);
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::offline);
    QVERIFY(does(note(1, "said meanwhile")));
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("said before")), 1);
    QCOMPARE(timesSaid(str("said meanwhile")), 1);
    QCOMPARE(trouble(), QStringList());
}

QTEST_GUILESS_MAIN(ComingBackTest)
#include "tst_comingback.moc"
