// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicasession.h"
#include "tests/replica/comparing.h"
#include "tests/replica/desktop.h"
#include "tests/server/cuttingproxy.h"
#include "tests/server/follower.h"
#include "workspace/mediafolder.h"
#include "workspace/queries.h"
#include "workspace/writtenreply.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

using Kind = DeskStatus::Kind;

} // namespace

/// A desktop's half of a shared workspace on a real server: it joins, follows, comes back and acts.
class FollowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void joinsAndFollows();
    void tellsWhatChanged();
    void comesBackByItself();
    void whatChangedMeanwhileIsFetched();
    void whatIsStillToComeIsCounted();
    void anotherServerIsNotFollowed();
    void withdrawnChannelIsNoMore();
    void withdrawnWhileAwayIsNoMore();
    void whoIsNoMoreIsRefused();
    void refusalOnTheWayIsNoLogOut();
    void refusedWhileFetchingIsNotListened();
    void withoutWebSocketsItAsks_data();
    void withoutWebSocketsItAsks();
    void endsInTheMiddleOfJoining();
    void logsIn();
    void actsAndHasIt();
    void isRefusedAsTheServerRefuses();
    void repeatIsAnsweredAlike();
    void withoutTheServerNothingIsChangedThere();
    void lostAnswerIsAskedForAgain_data();
    void lostAnswerIsAskedForAgain();
    void filesGoAhead();
    void picturesAreFetchedWhenWanted();
    void pictureThatFailedIsAskedForAgain();
    void whatIsTypedIsKept();
    void onlyInItsOwnName();
    void replyKeepsWhoWasTakenOff();

private:
    void join(AgentId agent = ServerWorld::kim);
    void stopServer();
    void startServer();
    void change();
    [[nodiscard]] QList<Outcome> perform(const QList<Action> &actions);
    [[nodiscard]] Action make(ActionArguments arguments)
    {
        return makeAction(std::move(arguments), m_world->clock().now());
    }
    [[nodiscard]] bool isEqual(AgentId agent = ServerWorld::kim)
    {
        return differences(*m_world, m_session->workspace(), agent).isEmpty();
    }
    [[nodiscard]] Kind kind() { return m_session->desk().status().kind; }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReplicaSession> m_session;
    quint16 m_port = 0;
    int m_changes = 0;
};

void FollowTest::init()
{
    ServerLimits limits;
    limits.slices.sizes = {.conversations = 4, .threads = 6, .people = 6, .contacts = 6};
    limits.slices.rest = std::chrono::milliseconds(0);
    m_world = std::make_unique<ServerWorld>(limits, 12);
    m_port = m_world->server().port();
    m_folder = std::make_unique<QTemporaryDir>();
}

void FollowTest::cleanup()
{
    m_session.reset();
    m_world.reset();
}

void FollowTest::join(AgentId agent)
{
    ReplicaSession::Options options;
    options.path = m_folder->filePath(str("replica.earshot"));
    options.token = Secret(m_world->token(agent));
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    options.patience = std::chrono::seconds(20);
    const QString server = str("http://127.0.0.1:%1").arg(m_port);
    if (!QFile::exists(options.path))
        QVERIFY(ReplicaFile::create(options.path, {server, m_world->account(), agent}, m_world->clock()));
    auto session = ReplicaSession::open(options, m_world->clock());
    QVERIFY2(session, qPrintable(session ? QString() : session.error().detail));
    m_session = std::move(*session);
}

void FollowTest::stopServer()
{
    m_world->stopServer();
}

void FollowTest::startServer()
{
    m_world->start({}, m_port);
}

void FollowTest::change()
{
    ++m_changes;
    m_world->receive(ServerWorld::open, str("new%1").arg(m_changes), str("freshword %1").arg(m_changes));
    QVERIFY(m_world->act(Act::AddTag{ConversationId(3), str("tag%1").arg(m_changes)}).isApplied());
    QVERIFY(m_world->act(Act::RemoveTag{ConversationId(3), str("tag%1").arg(m_changes)}).isApplied());
}

QList<Outcome> FollowTest::perform(const QList<Action> &actions)
{
    const QFuture<QList<Outcome>> done = m_session->desk().perform(actions);
    [&] { QTRY_VERIFY(done.isFinished()); }();
    return done.isFinished() ? done.result() : QList<Outcome>();
}

void FollowTest::joinsAndFollows()
{
    join();
    QSignalSpy usable(m_session.get(), &ReplicaSession::usable);
    QTRY_COMPARE(kind(), Kind::current);
    QCOMPARE(usable.count(), 1);
    QVERIFY(isEqual());
    for (int i = 0; i < 5; ++i) {
        change();
        QTRY_VERIFY(isEqual());
    }
    QCOMPARE(kind(), Kind::current);
}

/// What a screen is told, so that it shows what others did.
void FollowTest::tellsWhatChanged()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    CommitNotice told;
    connect(&m_session->desk(), &Desk::changed, this, [&told](const CommitNotice &notice) {
        told.conversations += notice.conversations;
        told.hasNewInbound = told.hasNewInbound || notice.hasNewInbound;
        told.hasChannels = told.hasChannels || notice.hasChannels;
        told.hasDeliveries = told.hasDeliveries || notice.hasDeliveries;
        told.last = std::max(told.last, notice.last);
    });
    QVERIFY(m_world->act(Act::SetPriority{ConversationId(5), Priority::high}).isApplied());
    QTRY_VERIFY(told.conversations.contains(ConversationId(5)));
    QCOMPARE(told.conversations.size(), 1);
    QVERIFY(!told.hasNewInbound && !told.hasChannels && !told.hasDeliveries);
    QVERIFY(told.last > 0);
    change();
    QTRY_VERIFY(told.hasNewInbound);
    QVERIFY(told.hasChannels); // a tag is new
    Act::SendReply reply;
    reply.conversation = ConversationId(3);
    reply.text = str("An answer");
    QVERIFY(m_world->act(reply).isApplied());
    QTRY_VERIFY(told.hasDeliveries);
}

void FollowTest::comesBackByItself()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    for (int i = 0; i < 3; ++i) {
        stopServer();
        QTRY_COMPARE(kind(), Kind::offline);
        QVERIFY(isKnown(m_session->desk().status().asOf));
        change();
        QVERIFY(!isEqual());
        startServer();
        QTRY_COMPARE(kind(), Kind::current);
        QTRY_VERIFY(isEqual());
    }
}

/// Also after the program was closed.
void FollowTest::whatChangedMeanwhileIsFetched()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    m_session.reset();
    for (int i = 0; i < 10; ++i)
        change();
    join();
    QTRY_COMPARE(kind(), Kind::current);
    QVERIFY(isEqual());
}

void FollowTest::whatIsStillToComeIsCounted()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    stopServer();
    QTRY_COMPARE(kind(), Kind::offline);
    QCOMPARE(m_session->desk().status().behind, 0);
    const auto lastChange = [this] {
        return firstColumn(m_world->workspace(), str("SELECT max(last_seq) FROM commit_log")).constFirst().toLongLong();
    };
    const Seq before = lastChange();
    // More than are asked for at once.
    for (int i = 0; i < 120; ++i)
        change();
    const Seq missed = lastChange() - before;
    QVERIFY(missed > 1000);
    QList<qint64> told;
    connect(&m_session->desk(), &Desk::statusChanged, this, [&] {
        if (kind() == Kind::catchingUp)
            told.append(m_session->desk().status().behind);
    });
    startServer();
    QTRY_COMPARE(kind(), Kind::current);
    QVERIFY(told.size() > 1);
    QCOMPARE(told.constFirst(), missed);
    QVERIFY(std::ranges::is_sorted(told, std::ranges::greater()));
    QCOMPARE(m_session->desk().status().behind, 0);
    QVERIFY(isEqual());
}

void FollowTest::anotherServerIsNotFollowed()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    const QStringList before = differences(*m_world, m_session->workspace(), ServerWorld::kim);
    m_session.reset();
    m_world = std::make_unique<ServerWorld>(ServerLimits(), 1);
    m_port = m_world->server().port();
    ReplicaSession::Options options;
    options.path = m_folder->filePath(str("replica.earshot"));
    {
        auto database = Database::open(options.path, Database::Mode::readWrite);
        (*database)->execute(
            str("UPDATE meta SET value = 'http://127.0.0.1:%1' WHERE name = 'replica_server'").arg(m_port));
    }
    join();
    QTRY_COMPARE(kind(), Kind::refused);
    const auto conversations = m_session->workspace().readNow<QStringList>(
        [](Database &database) -> Result<QStringList> { return tableRows(database, "conversation"); });
    QCOMPARE(conversations->size(), 24);
    QCOMPARE(before, QStringList());
}

/// The desktop was closed, or its network away, when the channel was withdrawn; from the disk too.
void FollowTest::withdrawnWhileAwayIsNoMore()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    const QString path = m_session->workspace().path();
    const auto holds = [&path](const char *word) {
        QByteArray bytes;
        for (const char *end : {"", "-wal"}) {
            QFile file(path + str(end));
            if (file.open(QIODevice::ReadOnly))
                bytes += file.readAll();
        }
        return bytes.contains(word);
    };
    QVERIFY(holds("secretword"));
    m_session.reset();
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    QVERIFY(holds("secretword"));
    join();
    QTRY_COMPARE(kind(), Kind::current);
    QTRY_VERIFY(isEqual());
    QVERIFY(!holds("secretword"));
    QVERIFY(holds("openword"));
}

void FollowTest::withdrawnChannelIsNoMore()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    const auto channels = [this] {
        return m_session->workspace()
            .readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); })
            .value();
    };
    QTRY_COMPARE(channels().size(), 1);
    QTRY_VERIFY(isEqual());
    QTRY_COMPARE(kind(), Kind::current);
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied());
    QTRY_COMPARE(channels().size(), 2);
    QTRY_VERIFY(isEqual());
}

void FollowTest::whoIsNoMoreIsRefused()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QTRY_COMPARE(kind(), Kind::refused);
    QCOMPARE(m_session->desk().status().why.kind, ErrorKind::authExpired);
    // What is done is kept, as for somebody who is let in again; what wants an answer is refused.
    QVERIFY(perform({make(Act::Claim{ConversationId(1)})}).constFirst().isForecast);
    const QList<Outcome> outcomes = perform({make(Act::PauseSending{ServerWorld::open, str("why")})});
    QCOMPARE(outcomes.constFirst().refusal.kind, RefusalKind::permission);
}

/// A hotel's log-in page, or a proxy that wants to know who comes.
void FollowTest::refusalOnTheWayIsNoLogOut()
{
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    m_port = proxy.serverPort();
    const QByteArray foreign = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"proxy\"\r\n"
                               "Content-Length: 5\r\n\r\nLogin";
    proxy.cutAnswersTo("GET /.well-known", foreign);
    join();
    QTRY_VERIFY(m_session->desk().status().why.detail.contains(str("asks for a log-in of its own")));
    QCOMPARE(kind(), Kind::offline);
    proxy.cutAnswersTo({});
    QTRY_COMPARE(kind(), Kind::current);
    // Neither is it the server's word that this device is forgotten.
    proxy.cutAnswersTo("POST /auth/logout", foreign);
    ServerConnection connection(QUrl(str("http://127.0.0.1:%1").arg(m_port)), Secret(m_world->token(ServerWorld::kim)),
                                m_world->clock());
    const QFuture<Done> out = connection.logOut();
    QTRY_VERIFY(out.isFinished());
    QVERIFY(!out.result());
    proxy.cutAnswersTo("POST /auth/login", foreign);
    const auto in = connection.logIn(str("Kim"), Secret("right"), str("a test"));
    QTRY_VERIFY(in.isFinished());
    QVERIFY(in.result().error().kind != ErrorKind::refused);
}

/// The device is forgotten between the server's greeting and what is fetched.
void FollowTest::refusedWhileFetchingIsNotListened()
{
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    m_port = proxy.serverPort();
    join();
    QTRY_COMPARE(kind(), Kind::current);
    m_session.reset();
    const auto sockets = [&proxy] {
        const QList<QByteArray> &requests = proxy.requests();
        return std::count_if(requests.cbegin(), requests.cend(),
                             [](const QByteArray &line) { return line.startsWith("GET /jmap/ws"); });
    };
    QCOMPARE(sockets(), 1);
    proxy.cutAnswersTo("POST /jmap/api", "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"earshot\"\r\n"
                                         "Content-Length: 0\r\n\r\n");
    join();
    QTRY_COMPARE(m_session->desk().status().why.kind, ErrorKind::authExpired);
    proxy.cutAnswersTo({});
    m_session->tryNow();
    QTRY_COMPARE(kind(), Kind::current);
    QCOMPARE(sockets(), 2);
}

/// A proxy that lets no WebSocket through.
void FollowTest::withoutWebSocketsItAsks_data()
{
    QTest::addColumn<bool>("isBegun");
    QTest::addRow("none is begun") << false;
    QTest::addRow("each ends at once") << true;
}

void FollowTest::withoutWebSocketsItAsks()
{
    QFETCH(bool, isBegun);
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    m_port = proxy.serverPort();
    proxy.endWebSockets(isBegun);
    if (!isBegun)
        proxy.cutAnswersTo("GET /jmap/ws", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    join();
    QTRY_VERIFY(proxy.cutCount() >= 3);
    QTRY_COMPARE(kind(), Kind::current);
    QList<Kind> told;
    connect(&m_session->desk(), &Desk::statusChanged, this, [&] { told.append(kind()); });
    for (int i = 0; i < 3; ++i) {
        change();
        QTRY_VERIFY(isEqual());
    }
    // What is done goes out.
    QVERIFY(perform({make(Act::Claim{ConversationId(1)})}).constFirst().isApplied());
    QVERIFY(perform({make(Act::PauseSending{ServerWorld::open, str("why")})}).constFirst().refusal.kind !=
            RefusalKind::unreachable);
    QTRY_VERIFY(isEqual());
    QVERIFY(!told.contains(Kind::offline));
    // And when it may listen again it does.
    proxy.cutAnswersTo({});
    proxy.endWebSockets(false);
    const int before = proxy.cutCount();
    const auto sockets = [&proxy] {
        const QList<QByteArray> &requests = proxy.requests();
        return std::count_if(requests.cbegin(), requests.cend(),
                             [](const QByteArray &line) { return line.startsWith("GET /jmap/ws"); });
    };
    QTRY_VERIFY(sockets() > before);
    QTRY_COMPARE(kind(), Kind::current);
    QVERIFY(!told.contains(Kind::offline));
}

void FollowTest::endsInTheMiddleOfJoining()
{
    for (int k = 0; k < 12; ++k) {
        join();
        for (int i = 0; i < k; ++i)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        m_session.reset();
    }
    join();
    QTRY_COMPARE(kind(), Kind::current);
    QVERIFY(isEqual());
}

void FollowTest::logsIn()
{
    m_world->setPassword(ServerWorld::bo, "correct horse");
    ServerConnection stranger(QUrl(str("http://127.0.0.1:%1").arg(m_port)), {}, m_world->clock());
    auto wrong = stranger.logIn(str("Bo"), Secret("wrong"), str("a test"));
    QTRY_VERIFY(wrong.isFinished());
    QCOMPARE(wrong.result().error().kind, ErrorKind::refused);
    auto right = stranger.logIn(str("Bo"), Secret("correct horse"), str("a test"));
    QTRY_VERIFY(right.isFinished());
    QVERIFY(right.result());
    stranger.setToken(right.result()->token);
    auto session = stranger.begin();
    QTRY_VERIFY(session.isFinished());
    QVERIFY(session.result());
    QCOMPARE(session.result()->agent, ServerWorld::bo);
    QCOMPARE(session.result()->account, m_world->account());
    stranger.close();
    auto late = stranger.begin();
    QTRY_VERIFY(late.isFinished());
    QCOMPARE(late.result().error().kind, ErrorKind::cancelled);
}

void FollowTest::actsAndHasIt()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    for (int i = 1; i <= 20; ++i) {
        const QList<Outcome> outcomes =
            perform({make(Act::AddTag{ConversationId(1), str("mine%1").arg(i)}), make(Act::Claim{ConversationId(i)})});
        QCOMPARE(outcomes.size(), 2);
        QVERIFY(outcomes.at(0).isApplied() && outcomes.at(1).isApplied());
        // Who acted need not wait for it: it is there.
        const auto found = m_session->workspace().readNow<QList<ConversationRecord>>([this, i](Database &database) {
            return loadConversations(database, {ConversationId(i)}, ServerWorld::kim, m_world->clock().now());
        });
        QCOMPARE(found->constFirst().assignee, ServerWorld::kim);
        QVERIFY(outcomes.at(1).inverse);
    }
}

void FollowTest::isRefusedAsTheServerRefuses()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}, ServerWorld::bo).isApplied());
    const QList<Outcome> outcomes =
        perform({make(Act::Claim{ConversationId(1)}), make(Act::Claim{ConversationId(999)})});
    QCOMPARE(outcomes.at(0).refusal.kind, RefusalKind::taken);
    QCOMPARE(outcomes.at(0).refusal.byName, str("Bo"));
    QCOMPARE(outcomes.at(1).refusal.kind, RefusalKind::notFound);
}

void FollowTest::repeatIsAnsweredAlike()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    const Action note = make(Act::AddNote{ConversationId(1), str("once")});
    const QList<Outcome> first = perform({note});
    const QList<Outcome> again = perform({note});
    QVERIFY(first.constFirst().isApplied());
    QCOMPARE(again, first);
}

void FollowTest::withoutTheServerNothingIsChangedThere()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    stopServer();
    QTRY_COMPARE(kind(), Kind::offline);
    const Action team = make(Act::PauseSending{ServerWorld::open, str("why")});
    QList<Outcome> outcomes = perform({team});
    QCOMPARE(outcomes.constFirst().refusal.kind, RefusalKind::unreachable);
    startServer();
    QTRY_COMPARE(kind(), Kind::current);
    outcomes = perform({team});
    QCOMPARE(outcomes.constFirst().refusal.kind, RefusalKind::permission);
    QTRY_VERIFY(isEqual());
}

/// What the server has done already is done once, and who acted is told so.
void FollowTest::lostAnswerIsAskedForAgain_data()
{
    QTest::addColumn<QByteArray>("instead");
    QTest::addRow("nothing") << QByteArray();
    QTest::addRow("a proxy's own") << QByteArrayLiteral("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    QTest::addRow("nonsense") << QByteArrayLiteral("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwhat");
}

void FollowTest::lostAnswerIsAskedForAgain()
{
    QFETCH(QByteArray, instead);
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    m_port = proxy.serverPort();
    join();
    QTRY_COMPARE(kind(), Kind::current);
    proxy.cutAnswersTo("POST /jmap/api", instead);
    const QFuture<QList<Outcome>> done =
        m_session->desk().perform({make(Act::AddNote{ConversationId(1), str("said once")})});
    QTRY_VERIFY(proxy.cutCount() > 0);
    proxy.cutAnswersTo({});
    QTRY_VERIFY(done.isFinished());
    QVERIFY(done.result().constFirst().isApplied());
    const auto messages = m_world->workspace().readNow<QStringList>(
        [](Database &database) -> Result<QStringList> { return tableRows(database, "message"); });
    QCOMPARE(messages->filter(str("said once")).size(), 1);
    QTRY_VERIFY(isEqual());
}

void FollowTest::filesGoAhead()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    const QByteArray bytes = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    const auto hash = keepMediaBytes(m_session->workspace().mediaFolder(), bytes);
    QVERIFY(hash);
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("See the picture");
    reply.media = {{*hash, str("image/gif"), str("a dot")}};
    const QList<Outcome> outcomes = perform({make(reply)});
    QVERIFY2(outcomes.constFirst().isApplied(), qPrintable(outcomes.constFirst().refusal.detail));
    QVERIFY(QFile::exists(m_world->workspace().mediaFolder() + u'/' + *hash));
}

void FollowTest::picturesAreFetchedWhenWanted()
{
    const QByteArray bytes = "GIF89a a picture of channel 1";
    const QString hash = keepMediaBytes(m_world->workspace().mediaFolder(), bytes).value();
    const QString secret = keepMediaBytes(m_world->workspace().mediaFolder(), "GIF89a of channel 2").value();
    const QString insert =
        str("INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, "
            "description, width, height) SELECT %1, :%1, :%1, %1, min(id), 0, '', '', '%2', 'image/gif', '', 1, 1 "
            "FROM message WHERE channel = %1;");
    m_world->runSql(insert.arg(1).arg(hash) + insert.arg(2).arg(secret));
    join(ServerWorld::bo);
    QTRY_COMPARE(kind(), Kind::current);
    const QString folder = m_session->workspace().mediaFolder();
    QSignalSpy arrived(&m_session->desk(), &Desk::mediaArrived);
    m_session->desk().wantMedia(secret);
    stopServer();
    QTRY_COMPARE(kind(), Kind::offline);
    m_session->desk().wantMedia(hash);
    startServer();
    QTRY_COMPARE(arrived.count(), 1);
    QCOMPARE(arrived.constFirst().constFirst().toString(), hash);
    QVERIFY(QFile::exists(folder + u'/' + hash));
    QVERIFY(!QFile::exists(folder + u'/' + secret));
}

/// The server did not have it yet: whoever looks again asks again, without a new connection.
void FollowTest::pictureThatFailedIsAskedForAgain()
{
    const QByteArray bytes = "GIF89a a late picture";
    const QString late = str("late");
    const QString hash = keepMediaBytes(m_folder->filePath(late), bytes).value();
    m_world->runSql(
        str("INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, "
            "description, width, height) SELECT 1, :1, :1, 1, min(id), 0, '', '', '%1', 'image/gif', '', 1, 1 "
            "FROM message WHERE channel = 1;")
            .arg(hash));
    join();
    QTRY_COMPARE(kind(), Kind::current);
    QSignalSpy arrived(&m_session->desk(), &Desk::mediaArrived);
    m_session->desk().wantMedia(hash);
    // An answer to what was asked after it tells that this one has failed.
    QCOMPARE(perform({make(Act::Claim{ConversationId(1)})}).constFirst().isApplied(), true);
    QCOMPARE(arrived.count(), 0);
    QVERIFY(keepMediaBytes(m_world->workspace().mediaFolder(), bytes));
    const auto hasArrived = [&] {
        m_session->desk().wantMedia(hash);
        return arrived.count() == 1;
    };
    QTRY_VERIFY(hasArrived());
    QVERIFY(QFile::exists(m_session->workspace().mediaFolder() + u'/' + hash));
}

void FollowTest::whatIsTypedIsKept()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    DraftRecord draft;
    draft.conversation = ConversationId(1);
    draft.text = str("half a sentence");
    m_session->desk().saveDraft(draft);
    const QFuture<Done> kept = m_session->close();
    QTRY_VERIFY(kept.isFinished());
    QVERIFY(kept.result());
    m_session.reset();
    join();
    const auto drafts = m_session->workspace().readNow<QList<DraftRecord>>(
        [](Database &database) { return loadDrafts(database, ServerWorld::kim, ConversationId(1)); });
    QCOMPARE(drafts->size(), 1);
}

void FollowTest::onlyInItsOwnName()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    const auto done = m_session->desk().performAs(ServerWorld::ana, {make(Act::Claim{ConversationId(1)})});
    QTRY_VERIFY(done.isFinished());
    QCOMPARE(done.result().constFirst().refusal.kind, RefusalKind::notPossible);
}

/// What is taken back is written on as it was, also by a colleague's desktop and when the server's row is here.
void FollowTest::replyKeepsWhoWasTakenOff()
{
    join();
    QTRY_COMPARE(kind(), Kind::current);
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("Without Jo");
    reply.leftOut = {str("@jo@far.example"), str("@ed@far.example")};
    const Outcome sent = m_world->act(reply);
    QVERIFY(sent.isApplied());
    const auto written = [&] {
        return m_session->workspace().readNow<WrittenReply>(
            [&sent](Database &database) { return loadWrittenReply(database, DeliveryId(sent.created)); });
    };
    QTRY_VERIFY(written());
    QCOMPARE(written()->leftOut, reply.leftOut);
    QVERIFY(isEqual());
}

QTEST_GUILESS_MAIN(FollowTest)
#include "tst_follow.moc"
