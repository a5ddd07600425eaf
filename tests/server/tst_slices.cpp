// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/pushchanges.h"
#include "tests/server/follower.h"
#include "tests/server/serverworld.h"
#include "tests/server/socketlistener.h"
#include "workspace/changes.h"
#include "workspace/messagestore.h"
#include "workspace/threadstore.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// Small slices, so that few conversations fill many.
ServerLimits smallSlices()
{
    ServerLimits limits;
    limits.slices.sizes = {.conversations = 3, .threads = 4, .people = 5, .contacts = 6};
    limits.slices.rest = std::chrono::milliseconds(0);
    limits.requestsPerSecond = limits.requestBurst = 1'000'000;
    return limits;
}

} // namespace

/// Who fetches the slices and then follows has what it may see, row by row.
class SlicesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_world.reset(); }
    void everybodyEndsEqual_data();
    void everybodyEndsEqual();
    void historyGoesOnMeanwhile_data();
    void historyGoesOnMeanwhile();
    void onlyWhatChangedIsMadeAgain();
    void aBusySliceRests();
    void aLostRowIsNotGivenAway();
    void slicesOutliveTheServer();
    void slicesOfAnEarlierVersionAreMadeAnew();
    void replacedSlicesGo();
    void newestConversationsComeFirst();
    void rangesAreUnderstood_data();
    void rangesAreUnderstood();
    void manyFetchAtOnce();
    void deltasFollowTheSlices_data();
    void deltasFollowTheSlices();
    void aDeltaThatDoesNotFitIsLeft();
    void copiesOfRepliesGoWithAllTheirParts();

private:
    void start(int conversations, const ServerLimits &limits = smallSlices())
    {
        m_world = std::make_unique<ServerWorld>(limits, conversations);
    }
    [[nodiscard]] std::unique_ptr<WireClient> client(AgentId agent) { return m_world->client(agent); }
    [[nodiscard]] QSet<qint64> hiddenFrom(AgentId agent)
    {
        return agent == ServerWorld::bo || agent == ServerWorld::vic ? QSet<qint64>{2} : QSet<qint64>();
    }
    void compare(Follower &follower, AgentId agent);
    void mutate(QRandomGenerator &random);
    /// A notice for a channel, or for everywhere.
    [[nodiscard]] Act::PinNotice notice(ChannelId channel)
    {
        const Time until = m_world->workspace().clock().now() + std::chrono::hours(1);
        return {str("down"), until, channel, {}, {}, {}};
    }
    [[nodiscard]] QJsonObject listing(WireClient &client);
    /// The blob of each slice, asked for until all are there.
    [[nodiscard]] QHash<QString, QString> allSlices(WireClient &client);
    [[nodiscard]] QStringList files()
    {
        return QDir(m_world->workspace().path() + str(".slices")).entryList(QDir::Files);
    }

    std::unique_ptr<ServerWorld> m_world;
    int m_made = 0;
};

QJsonObject SlicesTest::listing(WireClient &client)
{
    const WireReply reply = client.get("/jmap/slices");
    return reply.status == 200 ? reply.json() : QJsonObject();
}

QHash<QString, QString> SlicesTest::allSlices(WireClient &client)
{
    QJsonObject all = listing(client);
    for (int i = 0; i < 1000 && !all.value(str("isComplete")).toBool(); ++i)
        all = listing(client);
    QHash<QString, QString> blobs;
    for (const QJsonValue &slice : all.value(str("slices")).toArray())
        blobs.insert(slice[str("id")].toString(), slice[str("blobId")].toString());
    return blobs;
}

void SlicesTest::compare(Follower &follower, AgentId agent)
{
    for (const QByteArray &table : synchronisedTables()) {
        const auto wanted = m_world->workspace().readNow<QStringList>(
            [&](Database &database) -> Result<QStringList> { return visibleRows(database, table, hiddenFrom(agent)); });
        QCOMPARE(tableRows(follower.database(), table), *wanted);
    }
}

void SlicesTest::everybodyEndsEqual_data()
{
    QTest::addColumn<int>("agent");
    QTest::newRow("admin") << 1;
    QTest::newRow("of the team") << 2;
    QTest::newRow("of no team") << 3;
    QTest::newRow("viewer") << 4;
}

void SlicesTest::everybodyEndsEqual()
{
    QFETCH(int, agent);
    start(20);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("red")}).isApplied());
    QVERIFY(m_world->act(Act::AddNote{ConversationId(2), str("for @Kim")}).isApplied());
    ViewContent view;
    view.name = str("Storm");
    QVERIFY(m_world->act(Act::SaveView{{}, view}).isApplied());
    for (const qint64 channel : {0, 1, 2})
        QVERIFY(m_world->act(notice(ChannelId(channel))).isApplied());
    const auto wire = client(AgentId(agent));
    Follower follower(*wire, m_world->account());
    QTRY_VERIFY(follower.fetchSlices());
    QVERIFY(follower.kinds().count(str("conversations")) > 6);
    if (AgentId(agent) == ServerWorld::ana) {
        compare(follower, AgentId(agent));
        QVERIFY(!QTest::currentTestFailed());
    }
    QVERIFY(follower.follow());
    compare(follower, AgentId(agent));
}

void SlicesTest::mutate(QRandomGenerator &random)
{
    const qint64 conversation = random.bounded(1, 30);
    const ChannelId channel(random.bounded(1, 3));
    const int n = ++m_made;
    switch (random.bounded(11)) {
    case 0:
    case 1:
        m_world->receive(channel, str("n%1").arg(n), str("more %1").arg(n));
        break;
    case 2:
        static_cast<void>(m_world->act(Act::AddTag{ConversationId(conversation), str("t%1").arg(random.bounded(4))}));
        break;
    case 3:
        static_cast<void>(
            m_world->act(Act::RemoveTag{ConversationId(conversation), str("t%1").arg(random.bounded(4))}));
        break;
    case 4:
        static_cast<void>(m_world->act(Act::AddNote{ConversationId(conversation), str("note %1 for @Bo").arg(n)}));
        break;
    case 5:
        m_world->runSql(
            str("UPDATE identity SET name = 'renamed %1', seq = :1 WHERE id = %2").arg(n).arg(conversation));
        break;
    case 6:
        // A message goes, its tombstone stays.
        m_world->runSql(str("INSERT INTO tombstone (seq, channel, name, row, at) SELECT :1, channel, 'message', id, 0 "
                            "FROM message WHERE kind = 2 AND id NOT IN (SELECT message FROM note_mention) "
                            "AND id NOT IN (SELECT coalesce(message, 0) FROM journal) LIMIT 1; "
                            "DELETE FROM message WHERE id IN (SELECT row FROM tombstone WHERE name = 'message');"
                            "UPDATE conversation SET seq = :2 WHERE id = 1"));
        break;
    case 7:
        static_cast<void>(
            m_world->act(Act::SetStatus{ConversationId(conversation), Status::resolved, Reason::spam, {}}));
        break;
    case 8:
        static_cast<void>(m_world->act(notice(ChannelId(random.bounded(3)))));
        break;
    case 9: {
        ViewContent view;
        view.name = str("view %1").arg(n);
        static_cast<void>(m_world->act(Act::SaveView{{}, view}));
        break;
    }
    default:
        m_world->runSql(str("UPDATE thread SET title = 'title %1', seq = :1 WHERE id = %2").arg(n).arg(conversation));
    }
}

void SlicesTest::historyGoesOnMeanwhile_data()
{
    QTest::addColumn<quint32>("seed");
    for (int i = 0; i < 4; ++i) {
        const quint32 seed = QRandomGenerator::global()->generate();
        QTest::addRow("seed %u", seed) << seed;
    }
}

void SlicesTest::historyGoesOnMeanwhile()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    start(10);
    for (const AgentId agent : {ServerWorld::ana, ServerWorld::bo}) {
        const auto wire = client(agent);
        Follower follower(*wire, m_world->account());
        // While slices are fetched, made anew and replaced, work goes on.
        int rounds = 0;
        for (bool isComplete = false; !isComplete; ++rounds) {
            for (int left = rounds < 20 ? random.bounded(1, 6) : 0; left > 0; --left)
                mutate(random);
            isComplete = follower.fetchSlices(random.bounded(500, 5000));
        }
        for (int left = 10; left > 0; --left)
            mutate(random);
        QVERIFY(follower.follow(random.bounded(3, 100)));
        compare(follower, agent);
        if (QTest::currentTestFailed())
            return;
    }
}

void SlicesTest::onlyWhatChangedIsMadeAgain()
{
    start(12);
    const auto ana = client(ServerWorld::ana);
    const QHash<QString, QString> before = allSlices(*ana);
    QVERIFY(before.size() > 15);
    QCOMPARE(allSlices(*ana), before);
    // Everybody with the channel is given the same.
    const QHash<QString, QString> bos = allSlices(*client(ServerWorld::bo));
    for (auto slice = bos.cbegin(); slice != bos.cend(); ++slice)
        QCOMPARE(before.value(slice.key()), slice.value());
    QVERIFY(bos.size() < before.size());
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}).isApplied());
    const QHash<QString, QString> after = allSlices(*ana);
    QStringList changed;
    for (auto slice = after.cbegin(); slice != after.cend(); ++slice) {
        if (before.value(slice.key()) != slice.value())
            changed.append(slice.key());
    }
    changed.sort();
    // The claimed conversation's, and the workspace's with the device that claimed it.
    QCOMPARE(changed, QStringList({str("0.0.0"), str("2.1.0")}));
}

void SlicesTest::aBusySliceRests()
{
    ServerLimits limits = smallSlices();
    limits.slices.rest = std::chrono::minutes(1);
    start(6, limits);
    const auto ana = client(ServerWorld::ana);
    const QHash<QString, QString> before = allSlices(*ana);
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}).isApplied());
    QCOMPARE(allSlices(*ana), before);
    // What came since is followed: its state says so.
    Follower follower(*ana, m_world->account());
    QVERIFY(follower.fetchSlices());
    QVERIFY(follower.follow());
    compare(follower, ServerWorld::ana);
    m_world->clock().advance(std::chrono::minutes(2));
    QVERIFY(allSlices(*ana) != before);
}

void SlicesTest::aLostRowIsNotGivenAway()
{
    ServerLimits limits = smallSlices();
    limits.slices.rest = std::chrono::minutes(1);
    start(6, limits);
    const auto ana = client(ServerWorld::ana);
    const QHash<QString, QString> before = allSlices(*ana);
    m_world->runSql(str("INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, preview_url, "
                        "hash, type, description, width, height) SELECT 1, :1, :1, 1, id, 0, '', '', '', '', 'erased', "
                        "1, 1 FROM message WHERE conversation = 1 LIMIT 1"));
    m_world->clock().advance(std::chrono::minutes(2));
    const QHash<QString, QString> with = allSlices(*ana);
    const QString slice = str("2.1.0");
    QVERIFY(with.value(slice) != before.value(slice));
    m_world->runSql(str("DELETE FROM media WHERE id = 1; INSERT INTO tombstone VALUES (:1, 1, 'media', 1, 0)"));
    // At once, though it was made a moment ago; and the old one is not kept either.
    const QHash<QString, QString> without = allSlices(*ana);
    QVERIFY(without.value(slice) != with.value(slice));
    QCOMPARE(
        ana->get("/jmap/download/" + m_world->account().toLatin1() + '/' + with.value(slice).toLatin1() + "/x").status,
        404);
    QVERIFY(!files().contains(with.value(slice)));
}

void SlicesTest::slicesOutliveTheServer()
{
    start(6);
    const QHash<QString, QString> before = allSlices(*client(ServerWorld::ana));
    m_world->stopServer();
    QVERIFY(files().contains(str("catalogue.json")));
    // One is lost meanwhile, and something strange lies there.
    const QString folder = m_world->workspace().path() + str(".slices/");
    QVERIFY(QFile::remove(folder + before.value(str("2.1.0"))));
    QFile strange(folder + str("plain.part"));
    QVERIFY(strange.open(QIODevice::WriteOnly));
    strange.close();
    const QDateTime made = QFileInfo(folder + before.value(str("2.2.0"))).lastModified();
    Server::Options options;
    options.limits = smallSlices();
    m_world->start(std::move(options));
    const auto ana = client(ServerWorld::ana);
    const QHash<QString, QString> after = allSlices(*ana);
    QCOMPARE(after.keys().size(), before.keys().size());
    QCOMPARE(QFileInfo(folder + after.value(str("2.2.0"))).lastModified(), made);
    QVERIFY(!strange.exists());
    Follower follower(*ana, m_world->account());
    QVERIFY(follower.fetchSlices());
    QVERIFY(follower.follow());
    compare(follower, ServerWorld::ana);
}

void SlicesTest::slicesOfAnEarlierVersionAreMadeAnew()
{
    start(6);
    const QHash<QString, QString> before = allSlices(*client(ServerWorld::ana));
    m_world->stopServer();
    const QString folder = m_world->workspace().path() + str(".slices/");
    QFile catalogue(folder + str("catalogue.json"));
    QVERIFY(catalogue.open(QIODevice::ReadWrite));
    QByteArray text = catalogue.readAll();
    text.replace("\"version\":2", "\"version\":1");
    QVERIFY(catalogue.seek(0) && catalogue.write(text) == text.size());
    catalogue.close();
    for (const QString &name : before) {
        QFile slice(folder + name);
        QVERIFY(slice.open(QIODevice::WriteOnly) && slice.write("as they were made then") > 0);
    }
    Server::Options options;
    options.limits = smallSlices();
    m_world->start(std::move(options));
    const auto ana = client(ServerWorld::ana);
    QCOMPARE(allSlices(*ana).size(), before.size());
    Follower follower(*ana, m_world->account());
    QVERIFY(follower.fetchSlices());
    QVERIFY(follower.follow());
    compare(follower, ServerWorld::ana);
}

void SlicesTest::replacedSlicesGo()
{
    start(3);
    const auto ana = client(ServerWorld::ana);
    const QString old = allSlices(*ana).value(str("2.1.0"));
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}).isApplied());
    QVERIFY(allSlices(*ana).value(str("2.1.0")) != old);
    const QByteArray path = "/jmap/download/" + m_world->account().toLatin1() + '/' + old.toLatin1() + "/x";
    // Who is still fetching it can go on.
    QCOMPARE(ana->get(path).status, 200);
    m_world->clock().advance(std::chrono::hours(2));
    static_cast<void>(allSlices(*ana));
    QCOMPARE(ana->get(path).status, 404);
    QVERIFY(!files().contains(old));
    // What nobody asked for goes; who then asks gets it made anew.
    m_world->clock().advance(std::chrono::hours(1000));
    QVERIFY(!allSlices(*ana).isEmpty());
    Follower follower(*ana, m_world->account());
    QVERIFY(follower.fetchSlices());
    QVERIFY(follower.follow());
    compare(follower, ServerWorld::ana);
}

void SlicesTest::newestConversationsComeFirst()
{
    start(12);
    // The oldest conversation becomes the newest.
    m_world->runSql(str("UPDATE conversation SET last_message_at = 2000000000000, seq = :1 WHERE id = 1"));
    const auto ana = client(ServerWorld::ana);
    static_cast<void>(allSlices(*ana));
    QStringList order;
    for (const QJsonValue &slice : listing(*ana).value(str("slices")).toArray())
        order.append(slice[str("id")].toString());
    QCOMPARE(order.mid(0, 4), QStringList({str("0.0.0"), str("1.1.0"), str("1.2.0"), str("2.1.0")}));
    QCOMPARE(order.constLast().left(2), str("3."));
}

void SlicesTest::rangesAreUnderstood_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last"); ///< from the end where negative
    QTest::newRow("none") << QByteArray() << 200 << 0 << -1;
    QTest::newRow("a piece") << QByteArray("Range: bytes=5-9\r\n") << 206 << 5 << 9;
    QTest::newRow("the rest") << QByteArray("Range: bytes=5-\r\n") << 206 << 5 << -1;
    QTest::newRow("the end") << QByteArray("Range: bytes=-4\r\n") << 206 << -4 << -1;
    QTest::newRow("more than there is") << QByteArray("Range: bytes=5-99999999\r\n") << 206 << 5 << -1;
    QTest::newRow("beyond") << QByteArray("Range: bytes=99999999-\r\n") << 416 << 0 << 0;
    QTest::newRow("the last none") << QByteArray("Range: bytes=-0\r\n") << 416 << 0 << 0;
    for (const char *range : {"bytes=9-5", "bytes=0-1,4-5", "lines=1-2", "bytes=", "bytes=-", "bytes=a-b", "bytes=--5"})
        QTest::newRow(range) << "Range: " + QByteArray(range) + "\r\n" << 200 << 0 << -1;
    QTest::newRow("another version") << QByteArray("Range: bytes=5-9\r\nIf-Range: \"x\"\r\n") << 200 << 0 << -1;
}

void SlicesTest::rangesAreUnderstood()
{
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    QFETCH(int, first);
    QFETCH(int, last);
    start(3);
    const auto ana = client(ServerWorld::ana);
    const QByteArray path =
        "/jmap/download/" + m_world->account().toLatin1() + '/' + allSlices(*ana).value(str("2.1.0")).toLatin1() + "/x";
    const QByteArray whole = ana->get(path).body;
    QVERIFY(whole.size() > 100);
    const WireReply reply = ana->send("GET", path, {}, headers);
    QCOMPARE(reply.status, status);
    if (status == 416) {
        QCOMPARE(reply.headers.value("content-range"), "bytes */" + QByteArray::number(whole.size()));
        return;
    }
    const qsizetype from = first < 0 ? whole.size() + first : first;
    const qsizetype to = last < 0 ? whole.size() + last : last;
    QCOMPARE(reply.body, whole.mid(from, to - from + 1));
    if (status == 206)
        QCOMPARE(reply.headers.value("content-range"), "bytes " + QByteArray::number(from) + '-' +
                                                           QByteArray::number(to) + '/' +
                                                           QByteArray::number(whole.size()));
    // The connection goes on.
    QCOMPARE(ana->get("/healthz").status, 200);
}

void SlicesTest::manyFetchAtOnce()
{
    start(9);
    std::vector<std::unique_ptr<WireClient>> clients;
    std::vector<std::unique_ptr<Follower>> followers;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(client(i % 2 ? ServerWorld::bo : ServerWorld::kim));
        followers.push_back(std::make_unique<Follower>(*clients.back(), m_world->account()));
    }
    for (bool areAll = false; !areAll;) {
        areAll = true;
        for (const auto &follower : followers)
            areAll = follower->fetchSlices() && areAll;
    }
    for (int i = 0; i < 8; ++i) {
        QVERIFY(followers[size_t(i)]->follow());
        compare(*followers[size_t(i)], i % 2 ? ServerWorld::bo : ServerWorld::kim);
    }
}

void SlicesTest::deltasFollowTheSlices_data()
{
    historyGoesOnMeanwhile_data();
}

void SlicesTest::deltasFollowTheSlices()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    start(10);
    for (const AgentId agent : {ServerWorld::ana, ServerWorld::bo}) {
        const auto wire = client(agent);
        Follower follower(*wire, m_world->account());
        QTRY_VERIFY(follower.fetchSlices());
        SocketListener listener(m_world->server().port(), wire->token());
        QTRY_VERIFY(listener.isOpen());
        listener.send(R"({"@type":"WebSocketPushEnable","deltas":true})");
        QTRY_COMPARE(listener.messages.size(), 1);
        // Everything up to where the pushes begin is asked for, then they are enough.
        QVERIFY(follower.follow());
        follower.setState(listener.messages.constFirst().value(str("pushState")).toString());
        for (int left = 40; left > 0; --left)
            mutate(random);
        QVERIFY(m_world->act(Act::AddNote{ConversationId(1), str("the last of %1").arg(agent.value)}).isApplied());
        const auto last = m_world->workspace().readNow<Seq>([](Database &database) { return lastSeqOf(database); });
        QTRY_VERIFY(seqOfState(listener.messages.constLast().value(str("to")).toString()) >= *last);
        for (const QJsonObject &delta : listener.messages.mid(1)) {
            QCOMPARE(delta.value(str("@type")).toString(), str("Delta"));
            QVERIFY(follower.apply(delta));
        }
        compare(follower, agent);
        if (QTest::currentTestFailed())
            return;
    }
}

void SlicesTest::aDeltaThatDoesNotFitIsLeft()
{
    start(3);
    const auto wire = client(ServerWorld::bo);
    Follower follower(*wire, m_world->account());
    QTRY_VERIFY(follower.fetchSlices());
    SocketListener listener(m_world->server().port(), wire->token());
    QTRY_VERIFY(listener.isOpen());
    listener.send(R"({"@type":"WebSocketPushEnable","deltas":"yes"})");
    QTRY_COMPARE(listener.ofType("RequestError").size(), 1);
    listener.send(R"({"@type":"WebSocketPushEnable","deltas":true})");
    QTRY_COMPARE(listener.ofType("StateChange").size(), 1);
    const QString begun = listener.messages.constLast().value(str("pushState")).toString();
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("one")}).isApplied());
    QTRY_COMPARE(listener.ofType("Delta").size(), 1);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("two")}).isApplied());
    QTRY_COMPARE(listener.ofType("Delta").size(), 2);
    // One was lost: the next is not taken, and what is missing is asked for.
    QVERIFY(follower.follow());
    follower.setState(begun);
    QVERIFY(!follower.apply(listener.ofType("Delta")[1]));
    QVERIFY(follower.follow());
    compare(follower, ServerWorld::bo);
    // What nobody here may see leaves no gap.
    const QString known = listener.ofType("Delta")[1].value(str("to")).toString();
    QVERIFY(m_world->act(Act::Claim{ConversationId(2)}).isApplied()); // a device of the whole workspace, and sales
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("three")}).isApplied());
    QTRY_VERIFY(listener.ofType("Delta").size() >= 3);
    QCOMPARE(listener.ofType("Delta")[2].value(str("from")).toString(), known);
    // Too much at once is told as a StateChange.
    const qsizetype deltas = listener.ofType("Delta").size();
    const auto done = m_world->workspace().write<bool>(Urgency::bulk, [](Writing &writing) -> Result<bool> {
        for (int i = 0; i < 600; ++i)
            writing.database().execute(
                str("INSERT INTO contact (seq, created_seq) VALUES (%1, %1)").arg(writing.nextSeq()));
        return true;
    });
    QVERIFY(done.result());
    QTRY_VERIFY(listener.ofType("StateChange").size() >= 2);
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("four")}).isApplied());
    QTRY_VERIFY(listener.ofType("Delta").size() > deltas);
    QCOMPARE(listener.messages.constLast().value(str("from")),
             listener.ofType("StateChange").constLast().value(str("pushState")));
}

void SlicesTest::copiesOfRepliesGoWithAllTheirParts()
{
    start(1);
    // A pull brought our own reply as if it were somebody's, with a picture and an older text; then it is known as
    // ours.
    m_world->runSql(str(
        "INSERT INTO message (id, seq, created_seq, channel, conversation, kind, uuid, uri_key, uri, remote_id, url, "
        "parent_uri, sort_at, sent_at, arrived_at, text) VALUES (900, :1, :1, 1, 1, 1, 'r', NULL, '', '', '', '', 1, "
        "1, 1, "
        "'ours')"));
    const auto done = m_world->workspace().write<bool>(Urgency::interactive, [](Writing &writing) -> Result<bool> {
        const QString uri = str("https://social.example/copy");
        writing.database().execute(
            str("INSERT INTO message (id, seq, created_seq, channel, conversation, kind, uri_key, uri, remote_id, url, "
                "parent_uri, sort_at, sent_at, arrived_at, text) VALUES (901, %1, %1, 1, 1, 1, %2, '%3', '', '', '', "
                "1, 1, "
                "1, 'copy')")
                .arg(writing.nextSeq())
                .arg(uriKey(uri))
                .arg(uri));
        writing.database().execute(
            str("INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, "
                "type, description, width, height) VALUES (77, %1, %1, 1, 901, 0, 'u', '', '', '', '', 1, 1)")
                .arg(writing.nextSeq()));
        writing.database().execute(
            str("INSERT INTO message_version (id, seq, created_seq, channel, message, replaced_at, text) "
                "VALUES (78, %1, %1, 1, 901, 0, 'older')")
                .arg(writing.nextSeq()));
        Delivered delivered;
        delivered.uri = uri;
        bindReply(writing, MessageId(900), delivered);
        return true;
    });
    QVERIFY(done.result());
    const auto left = m_world->workspace().readNow<QStringList>([](Database &database) -> Result<QStringList> {
        return tableRows(database, "media") + tableRows(database, "message_version") +
               tableRows(database, "message").filter(str("|copy|"));
    });
    QCOMPARE(*left, QStringList());
}

QTEST_GUILESS_MAIN(SlicesTest)
#include "tst_slices.moc"
