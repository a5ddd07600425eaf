// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/actionjson.h"
#include "server/pushchanges.h"
#include "tests/server/follower.h"
#include "tests/server/marks.h"
#include "tests/server/protocolworld.h"
#include "tests/server/socketlistener.h"
#include "workspace/changes.h"
#include "workspace/mediafolder.h"
#include "workspace/rowdigest.h"
#include "workspace/schema.h"
#include "workspace/upkeep.h"
#include "workspace/wirerows.h"

#include <QRegularExpression>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

ServerLimits generous()
{
    ServerLimits limits;
    limits.slices.rest = std::chrono::milliseconds(0);
    limits.requestsPerSecond = limits.requestBurst = 1'000'000;
    return limits;
}

/// Rows as a person reads them, asked for in every way that could tell of channel 2.
QList<std::pair<QString, QJsonObject>> readyMade()
{
    QList<std::pair<QString, QJsonObject>> calls;
    for (const char *view :
         {"mine", "unassigned", "open", "waiting", "snoozed", "resolved", "all", "notesToMe", "trouble"})
        calls.append({str("Desk/conversations"), {{str("view"), str(view)}}});
    calls.append({str("Desk/conversations"), {{str("view"), str("channel")}, {str("channel"), str("2")}}});
    calls.append({str("Desk/conversations"), {{str("view"), str("tag")}, {str("tag"), str("1")}}});
    calls.append({str("Desk/conversations"),
                  {{str("view"), str("custom")}, {str("filter"), toJson(ViewContent()).value(str("filter"))}}});
    for (int id = 1; id < 20; ++id) {
        const QString conversation = QString::number(id);
        calls.append({str("Desk/conversation"), {{str("number"), id}}});
        calls.append({str("Desk/story"), {{str("conversation"), conversation}, {str("withThread"), true}}});
        calls.append({str("Desk/timeline"), {{str("conversation"), conversation}}});
        calls.append({str("Desk/delivery"), {{str("id"), conversation}}});
        const QString message = QString::number((Q_INT64_C(1) << 40) + id);
        calls.append({str("Desk/message"), {{str("id"), message}}});
    }
    for (const char *text :
         {"secretword", "zanzibarmark*", "number", "is:note", "from:@s1@social.example", "tag:plain"})
        calls.append({str("Desk/search"), {{str("text"), str(text)}}});
    for (const char *method : {"Desk/outbox", "Desk/journal", "Desk/agents", "Desk/tags", "Desk/teams", "Desk/views",
                               "Desk/notices", "Desk/overview", "Desk/conversationsById", "Desk/messagesById"})
        calls.append({str(method), {}});
    calls.append({str("Desk/channels"), {{str("withRemoved"), true}}});
    return calls;
}

} // namespace

/// No byte of what an agent may not see reaches it, by whatever way it asks.
class SecrecyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void theMarksAreThere();
    void theInnerMarksAreThere();
    void everyMethodIsAsked();
    void noMethodTells_data();
    void noMethodTells();
    void nothingInnerLeaves_data() { noMethodTells_data(); }
    void nothingInnerLeaves();
    void adminsAreToldOfAccess();
    void noChecksumTells();
    void noFileTells();
    void noSliceTells();
    void noPushTells();
    void noEventTells();
    void noRefusalTells();
    void noNetworkTells();
    void noCountTells();
    void withdrawnChannelVanishes();
    void withdrawalInTheSameCommit();
    void presenceEndsWithTheGrant();
    void contactsAreOfTheirChannel();
    void noRowNamesAHiddenOne();

private:
    void markEverything();
    void markInnerTables();
    /// What an agent gets by every read method, one after another.
    [[nodiscard]] QByteArray everything(WireClient &client);
    void withdraw();
    [[nodiscard]] QByteArray downloadPath(const QString &blob)
    {
        return "/jmap/download/" + m_world->account().toLatin1() + '/' + blob.toLatin1() + "/x";
    }

    std::unique_ptr<ServerWorld> m_world;
    QString m_blob;
};

void SecrecyTest::init()
{
    m_world = std::make_unique<ServerWorld>(generous());
    markEverything();
    markInnerTables();
}

/// Every column of text in every row of channel 2, and a row in each table that has none yet.
void SecrecyTest::markEverything()
{
    m_blob = keepMediaBytes(m_world->workspace().mediaFolder(), "GIF89a " + hiddenMark).value();
    m_world->receive(ServerWorld::sales, str("marked"), QString::fromLatin1(hiddenMark) + str(" word"));
    static_cast<void>(
        m_world->act(Act::AddNote{ConversationId(2), str("for @Kim ") + QString::fromLatin1(hiddenMark)}));
    static_cast<void>(m_world->act(Act::AddTag{ConversationId(2), str("plain")}));
    Act::SendReply reply;
    reply.conversation = ConversationId(2);
    reply.text = QString::fromLatin1(hiddenMark);
    static_cast<void>(m_world->act(reply, ServerWorld::kim));
    m_world->runSql(
        str("INSERT INTO media (seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, "
            "description, width, height) SELECT :1, :1, 2, id, 0, '', '', '%1', 'image/gif', 'x', 1, 1 FROM message "
            "WHERE conversation = 2 LIMIT 1;"
            "INSERT INTO message_version (seq, created_seq, channel, message, replaced_at, text) "
            "SELECT :2, :2, 2, id, 0, 'x' FROM message WHERE conversation = 2 LIMIT 1;"
            "INSERT INTO tombstone (seq, channel, name, row, at) VALUES (:3, 2, 'message', 4242424242, 0);"
            "INSERT INTO journal (seq, created_seq, channel, at, device, device_number, kind, before, after) "
            "VALUES (:4, :4, 2, 0, '', 0, 'x', 'x', 'x')")
            .arg(m_blob));
    Act::PinNotice notice;
    notice.text = str("of sales alone");
    notice.channel = ServerWorld::sales;
    notice.until = m_world->clock().now() + std::chrono::hours(10);
    QVERIFY(m_world->act(notice).isApplied());
    const auto done = m_world->workspace().write<bool>(Urgency::interactive, [](Writing &writing) -> Result<bool> {
        for (const Canary &canary : canaries(writing.database()))
            writing.database().execute(canary.sql);
        writing.notice().hasChannels = true;
        return true;
    });
    QVERIFY(done.result());
}

void SecrecyTest::markInnerTables()
{
    const auto done = m_world->workspace().write<bool>(Urgency::interactive, [](Writing &writing) -> Result<bool> {
        for (const InnerTable &table : innerTables(writing.database()))
            writing.database().execute(table.sql);
        return true;
    });
    const auto result = done.result();
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
}

QByteArray SecrecyTest::everything(WireClient &client)
{
    QByteArray all;
    const auto call = [&](const QString &method, const QJsonObject &arguments) {
        QJsonObject given = arguments;
        given.insert(str("accountId"), m_world->account());
        const WireReply reply = client.post(oneCall(method, given));
        for (auto header = reply.headers.cbegin(); header != reply.headers.cend(); ++header)
            all += header.key() + header.value() + '\n';
        all += reply.body;
    };
    QJsonArray ids;
    for (int id = 1; id < 60; ++id)
        ids.append(QString::number(id));
    const QString stem = client.call(str("Tag/get")).value(str("state")).toString().section(u'-', 0, -2);
    for (const QByteArray &table : synchronisedTables()) {
        const QString type = wireTypeOf(table);
        call(type + str("/get"), {});
        call(type + str("/get"), {{str("ids"), ids}});
        call(type + str("/changes"), {{str("sinceState"), QString(stem + str("-0"))}});
    }
    call(str("Row/changes"), {{str("sinceState"), QString(stem + str("-0"))}});
    call(str("Row/checksum"), {{str("state"), QString(stem + str("-0"))},
                               {str("schema"), newestSynchronisedVersion()},
                               {str("withRows"), true}});
    const QList<QJsonObject> filters{{},
                                     {{str("channel"), str("2")}},
                                     {{str("status"), str("open")}},
                                     {{str("text"), QString::fromLatin1(hiddenMark)}},
                                     {{str("text"), str("secretword")}},
                                     {{str("conversation"), str("2")}},
                                     {{str("contact"), str("2")}},
                                     {{str("tag"), str("plain")}},
                                     {{str("team"), str("1")}},
                                     {{str("number"), 2}}};
    for (const QJsonObject &filter : filters) {
        for (const QString &type : {str("Conversation"), str("Message")}) {
            call(type + str("/query"), {{str("filter"), filter}, {str("calculateTotal"), true}});
            call(type + str("/query"), {{str("filter"), filter}, {str("collapseConversations"), true}});
            call(type + str("/query"), {{str("filter"), filter}, {str("anchor"), str("2")}});
            call(type + str("/queryChanges"),
                 {{str("filter"), filter}, {str("sinceQueryState"), QString(stem + str("-0"))}});
        }
    }
    for (const auto &[method, arguments] : readyMade())
        call(method, arguments);
    for (const char *agent : {"1", "2", "3", "4"})
        call(str("Access/tokens"), {{str("agent"), str(agent)}});
    call(str("Access/log"), {{str("limit"), 500}});
    // One that there is and one that there is not.
    for (const char *channel : {"2", "77"}) {
        for (const char *method : {"Channel/test", "Channel/pull", "Channel/renew", "Channel/deliver"})
            call(str(method), {{str("channel"), str(channel)}});
    }
    for (const char *path : {"/.well-known/jmap", "/auth/tokens", "/healthz", "/jmap/slices"})
        all += client.get(path).body;
    return all;
}

void SecrecyTest::theMarksAreThere()
{
    // Who may see the channel is told: the other tests would fail otherwise.
    const auto kim = m_world->client(ServerWorld::kim);
    const QByteArray told = everything(*kim);
    QVERIFY(told.count(hiddenMark) > 100);
    const auto all = m_world->workspace().readNow<QList<Canary>>(
        [](Database &database) -> Result<QList<Canary>> { return canaries(database); });
    QVERIFY(all->size() > 80);
    for (const Canary &canary : *all)
        QVERIFY2(told.contains(canary.told), qPrintable(canary.name));
}

/// A row in every table that no client has.
void SecrecyTest::theInnerMarksAreThere()
{
    const auto unmarked = m_world->workspace().readNow<QStringList>(
        [](Database &database) -> Result<QStringList> { return unmarkedInnerTables(database); });
    QVERIFY2(unmarked->isEmpty(), qPrintable(unmarked->join(u' ')));
    const auto names = m_world->workspace().readNow<QStringList>([](Database &database) -> Result<QStringList> {
        QStringList all;
        for (const InnerTable &table : innerTables(database))
            all.append(table.name);
        return all;
    });
    for (const char *known : {"account", "token", "outgoing", "draft", "own_view", "seen", "outbox", "meta", "tally"})
        QVERIFY2(names->contains(str(known)), known);
}

/// Whatever PROTOCOL.md says can be read ready-made is asked for here; and is understood, and told to who may know it.
void SecrecyTest::everyMethodIsAsked()
{
    QFile page(str(EARSHOT_SOURCE_DIR "/app/server/PROTOCOL.md"));
    QVERIFY(page.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(page.readAll());
    static const QRegularExpression name(str("`(Desk/[a-zA-Z]+)`"));
    QSet<QString> promised;
    for (auto match = name.globalMatch(text); match.hasNext();)
        promised.insert(match.next().captured(1));
    QVERIFY(promised.size() > 15);
    const auto kim = m_world->client(ServerWorld::kim);
    QSet<QString> telling;
    for (const auto &[method, arguments] : readyMade()) {
        promised.remove(method);
        const QJsonObject answer = kim->call(method, arguments);
        const QString error = answer.value(str("error")).toString();
        QVERIFY2(error.isEmpty() || error == str("notFound"), qPrintable(method + u' ' + error));
        if (QJsonDocument(answer).toJson().contains(hiddenMark))
            telling.insert(method);
    }
    QVERIFY2(promised.isEmpty(), qPrintable(promised.values().join(u' ')));
    for (const char *method :
         {"Desk/conversations", "Desk/conversation", "Desk/story", "Desk/timeline", "Desk/search", "Desk/message",
          "Desk/outbox", "Desk/channels", "Desk/conversationsById", "Desk/messagesById", "Desk/journal"})
        QVERIFY2(telling.contains(str(method)), method);
}

void SecrecyTest::noMethodTells_data()
{
    QTest::addColumn<int>("agent");
    QTest::newRow("of no team") << 3;
    QTest::newRow("viewer") << 4;
}

void SecrecyTest::noMethodTells()
{
    QFETCH(int, agent);
    const auto client = m_world->client(AgentId(agent));
    const QByteArray told = everything(*client);
    QVERIFY(told.size() > 10'000 && told.contains("openword"));
    QVERIFY2(!told.contains(hiddenMark) && !told.contains("secretword"),
             told.mid(std::max<qsizetype>(0, told.indexOf(hiddenMark) - 200), 500).constData());
    QVERIFY(!told.contains("4242424242") && !told.contains("@sales") && !told.contains(m_blob.toLatin1()));
    const auto number = hiddenNumber.match(QString::fromUtf8(told));
    QVERIFY2(!number.hasMatch(), qPrintable(number.captured()));
}

/// Nobody is told what is the server's own.
void SecrecyTest::nothingInnerLeaves()
{
    QFETCH(int, agent);
    const auto client = m_world->client(AgentId(agent));
    const QByteArray told = everything(*client);
    const QStringList columns = innerColumnsIn(told).values();
    QVERIFY2(columns.isEmpty() && !told.contains(innerMark), qPrintable(columns.join(u' ')));
    const auto number = innerNumbers.match(QString::fromUtf8(told));
    QVERIFY2(!number.hasMatch(), told.mid(std::max<qsizetype>(0, number.capturedStart() - 200), 300).constData());
}

/// An admin is told who comes in, and everybody of the own views; no more of what is the server's own.
void SecrecyTest::adminsAreToldOfAccess()
{
    QSet<QString> columns = innerColumnsIn(everything(*m_world->client(ServerWorld::ana)));
    for (const char *told : {"own_view.name", "own_view.uuid", "token.id", "token.name", "access_log.name",
                             "access_log.address", "access_log.token", "access_log.detail"})
        QVERIFY2(columns.remove(str(told)), told);
    QVERIFY2(!columns.contains(str("token.hash")), "token.hash");
    columns.removeIf([](const QString &column) {
        return column.startsWith(str("own_view.")) || column.startsWith(str("token.")) ||
               column.startsWith(str("access_log."));
    });
    QVERIFY2(columns.isEmpty(), qPrintable(columns.values().join(u' ')));
}

/// What is compared is what was told: as many rows, with the digests that a file with no more than these has.
void SecrecyTest::noChecksumTells()
{
    const auto bo = m_world->client(ServerWorld::bo);
    Follower follower(*bo, m_world->account());
    QTRY_VERIFY(follower.fetchSlices());
    QVERIFY(follower.follow());
    const auto all = [](const QByteArray &, qint64, qint64) { return true; };
    const RangeDigest here = digestRows(follower.database(), {0, 0, 2000, 20'000}, all);
    const QJsonObject there =
        bo->call(str("Row/checksum"), {{str("state"), follower.state()}, {str("schema"), newestSynchronisedVersion()}});
    QVERIFY(here.rows.size() > 10);
    QCOMPARE(there.value(str("count")).toInteger(), here.rows.size());
    QCOMPARE(there.value(str("digest")).toString(), QString::fromLatin1(here.digest().toHex()));
}

void SecrecyTest::noFileTells()
{
    const auto kim = m_world->client(ServerWorld::kim);
    QVERIFY(kim->get(downloadPath(m_blob)).body.contains(hiddenMark));
    const auto bo = m_world->client(ServerWorld::bo);
    const WireReply reply = bo->get(downloadPath(m_blob));
    QCOMPARE(reply.status, 404);
    // As if there were none.
    QCOMPARE(reply.body, bo->get(downloadPath(QString(64, u'a'))).body);
    QCOMPARE(bo->send("GET", downloadPath(m_blob), {}, "Range: bytes=0-3\r\n").status, 404);
}

void SecrecyTest::noSliceTells()
{
    const auto kim = m_world->client(ServerWorld::kim);
    Follower kims(*kim, m_world->account());
    QTRY_VERIFY(kims.fetchSlices());
    QVERIFY(kims.sliceBytes().contains(hiddenMark));
    QVERIFY(!kims.sliceBytes().contains(innerMark));
    const auto bo = m_world->client(ServerWorld::bo);
    Follower bos(*bo, m_world->account());
    QTRY_VERIFY(bos.fetchSlices());
    QVERIFY(bos.sliceBytes().contains("openword"));
    for (const QByteArray &table : synchronisedTables()) {
        const auto wanted = m_world->workspace().readNow<QStringList>(
            [&](Database &database) -> Result<QStringList> { return visibleRows(database, table, {2}); });
        QCOMPARE(tableRows(bos.database(), table), *wanted);
    }
    QVERIFY(!bos.sliceBytes().contains(hiddenMark) && !bos.sliceBytes().contains("secretword"));
    QVERIFY(!bos.sliceBytes().contains(innerMark));
    // Knowing its name does not help.
    int others = 0;
    for (const QString &blob : std::as_const(kims.blobs)) {
        if (bos.blobs.contains(blob))
            continue;
        ++others;
        QCOMPARE(bo->get(downloadPath(blob)).status, 404);
    }
    QVERIFY(others > 1);
}

void SecrecyTest::noPushTells()
{
    SocketListener bo(m_world->server().port(), m_world->token(ServerWorld::bo));
    SocketListener plain(m_world->server().port(), m_world->token(ServerWorld::bo));
    SocketListener kim(m_world->server().port(), m_world->token(ServerWorld::kim));
    QTRY_VERIFY(bo.isOpen() && kim.isOpen() && plain.isOpen());
    QString bosText;
    for (SocketListener *listener : {&bo, &plain})
        connect(&listener->socket(), &QWebSocket::textMessageReceived, this,
                [&bosText](const QString &text) { bosText += text; });
    bo.send(R"({"@type":"WebSocketPushEnable","deltas":true})");
    kim.send(R"({"@type":"WebSocketPushEnable","deltas":true})");
    plain.send(R"({"@type":"WebSocketPushEnable"})");
    for (SocketListener *listener : {&bo, &plain, &kim}) {
        QTRY_COMPARE(listener->messages.size(), 1);
        listener->send(R"({"@type":"Presence","conversations":[{"id":"2","isWriting":true}]})");
    }
    m_world->receive(ServerWorld::sales, str("later"), QString::fromLatin1(hiddenMark) + str(" later"));
    QVERIFY(m_world->act(Act::AddNote{ConversationId(2), QString::fromLatin1(hiddenMark) + str(" noted")}).isApplied());
    m_world->runSql(
        str("INSERT INTO tombstone (seq, channel, name, row, at) VALUES (:1, 2, 'message', 5252525252, 0)"));
    m_world->receive(ServerWorld::open, str("lastone"), str("the last"));
    const auto last = m_world->workspace().readNow<Seq>([](Database &database) { return lastSeqOf(database); });
    for (SocketListener *listener : {&bo, &kim})
        QTRY_COMPARE(seqOfState(listener->messages.constLast().value(str("to")).toString()), *last);
    QTRY_VERIFY(plain.messages.constLast().value(str("pushState")).toString().endsWith(QString::number(*last)));
    QString kimsText;
    for (const QJsonObject &message : std::as_const(kim.messages))
        kimsText += QString::fromUtf8(QJsonDocument(message).toJson());
    QVERIFY(kimsText.contains(QString::fromLatin1(hiddenMark)) && kimsText.contains(str("5252525252")));
    QVERIFY(bosText.contains(str("lastone")));
    QVERIFY(!bosText.contains(QString::fromLatin1(hiddenMark)) && !bosText.contains(str("5252525252")));
    QVERIFY(!bosText.contains(str("PresenceChange")));
    QVERIFY(!bosText.contains(QString::fromLatin1(innerMark)));
}

/// Also when a change is told is known to those only who may see what changed.
void SecrecyTest::noEventTells()
{
    const auto now = [this] {
        return *m_world->workspace().readNow<Seq>([](Database &database) { return lastSeqOf(database); });
    };
    const auto listen = [this](AgentId agent, const QByteArray &headers = {}) {
        auto client = m_world->client(agent);
        client->write(
            "GET /jmap/eventsource/?types=*&closeafter=no&ping=0 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
            client->token() + "\r\n" + headers + "\r\n");
        return client;
    };
    const auto bo = listen(ServerWorld::bo);
    const auto kim = listen(ServerWorld::kim);
    QByteArray bosText;
    QByteArray kimsText;
    // Each event's id ends with the number up to which everything is told.
    const auto hears = [&now](WireClient &client, QByteArray &text) {
        const QByteArray end = '-' + QByteArray::number(now()) + '\n';
        return client.waitFor(
            [&] { return (text += client.socket().readAll()).contains(end) && text.endsWith("\n\n"); });
    };
    QTRY_VERIFY((bosText += bo->socket().readAll()).contains("\r\n\r\n"));
    QTRY_VERIFY((kimsText += kim->socket().readAll()).contains("\r\n\r\n"));
    Seq before = now();
    m_world->receive(ServerWorld::sales, str("later"), QString::fromLatin1(hiddenMark) + str(" later"));
    m_world->receive(ServerWorld::sales, str("latest"), QString::fromLatin1(hiddenMark) + str(" latest"));
    QVERIFY(hears(*kim, kimsText));
    Seq hidden = now();
    QVERIFY(hidden > before + 3);
    m_world->receive(ServerWorld::open, str("lastone"), str("the last"));
    QVERIFY(hears(*bo, bosText));
    // Bo comes back, having heard nothing since before all that.
    const QByteArray stem = bosText.mid(bosText.indexOf("id: ") + 4).split('\n').constFirst();
    const auto again = listen(ServerWorld::bo, "Last-Event-ID: " + stem.left(stem.lastIndexOf('-') + 1) +
                                                   QByteArray::number(before) + "\r\n");
    QByteArray againText;
    QVERIFY(hears(*again, againText));
    const auto statesBetween = [&](const QByteArray &text) {
        static const QRegularExpression state(str("-(\\d+)\""));
        const QString all = QString::fromUtf8(text);
        QSet<qint64> found;
        for (auto match = state.globalMatch(all); match.hasNext();) {
            const qint64 seq = match.next().captured(1).toLongLong();
            if (seq > before && seq <= hidden)
                found.insert(seq);
        }
        return found;
    };
    QVERIFY(!statesBetween(kimsText).isEmpty());
    for (const QByteArray &told : {bosText, againText}) {
        QVERIFY(told.contains("\"Message\"") && !told.contains(hiddenMark) && !told.contains(innerMark));
        QVERIFY2(statesBetween(told).isEmpty(), told.constData());
    }
    // A grant that is withdrawn is told as one state of all; what happens there from then on is not.
    QVERIFY(hears(*kim, kimsText));
    withdraw();
    QVERIFY(hears(*kim, kimsText));
    kimsText.clear();
    before = now();
    m_world->receive(ServerWorld::sales, str("after"), QString::fromLatin1(hiddenMark) + str(" after"));
    hidden = now();
    m_world->receive(ServerWorld::open, str("next"), str("the next"));
    QVERIFY(hears(*kim, kimsText));
    QVERIFY2(kimsText.contains("\"Message\"") && statesBetween(kimsText).isEmpty(), kimsText.constData());
}

void SecrecyTest::noRefusalTells()
{
    // What one may not see is answered as what there is not.
    const auto bo = m_world->client(ServerWorld::bo);
    const auto hidden = m_world->workspace().readNow<QStringList>([](Database &database) -> Result<QStringList> {
        QStringList ids;
        for (const char *table : {"conversation", "message", "delivery"})
            ids.append(visibleRows(database, table, {0, 1}).constFirst().section(u'|', 0, 0));
        return ids;
    });
    const auto ask = [&](const QString &conversation, const QString &message, const QString &delivery) {
        QJsonArray actions;
        const auto add = [&actions](const char *kind, const QJsonObject &arguments) {
            actions.append(wireAction(str(kind), arguments));
        };
        add("claim", {{str("conversation"), conversation}});
        add("addTag", {{str("conversation"), conversation}, {str("tag"), str("x")}});
        add("addNote", {{str("conversation"), conversation}, {str("text"), str("x")}});
        add("setStatus", {{str("conversation"), conversation}, {str("status"), str("open")}});
        add("sendReply", {{str("conversation"), conversation}, {str("text"), str("x")}});
        // Of one that Bo sees, naming another.
        add("setStatus", {{str("conversation"), str("3")},
                          {str("status"), str("resolved")},
                          {str("reason"), str("duplicate")},
                          {str("duplicateOf"), conversation}});
        add("editNote", {{str("message"), message}, {str("text"), str("x")}});
        add("cancelReply", {{str("delivery"), delivery}});
        QByteArray text;
        for (const QJsonValue &outcome : bo->perform(actions)) {
            QJsonObject bare = outcome.toObject();
            bare.remove(str("seq"));
            bare.remove(str("undoBasedOn"));
            bare.remove(str("id"));
            text += QJsonDocument(bare).toJson(QJsonDocument::Compact) + '\n';
        }
        return text;
    };
    const QByteArray ofHidden = ask(hidden->at(0), hidden->at(1), hidden->at(2));
    const QByteArray ofNone = ask(str("999999"), str("999999"), str("999999"));
    QVERIFY(ofNone.count("notFound") >= 8);
    QCOMPARE(ofHidden, ofNone);
}

/// Nor does what is done with a channel, or with all.
void SecrecyTest::noNetworkTells()
{
    m_world.reset();
    ProtocolWorld world;
    const auto bo = world.client(ServerWorld::bo);
    const auto kim = world.client(ServerWorld::kim);
    for (const char *method : {"Channel/test", "Channel/pull"}) {
        const QJsonObject ofHidden = bo->call(str(method), {{str("channel"), str("2")}});
        QCOMPARE(ofHidden.value(str("error")), str("notFound"));
        QCOMPARE(ofHidden, bo->call(str(method), {{str("channel"), str("77")}}));
        QVERIFY(kim->call(str(method), {{str("channel"), str("2")}}) != ofHidden);
    }
    const auto channels = [](WireClient &client, const char *method) {
        QStringList ids;
        const QJsonObject answer = client.call(str(method));
        for (const QJsonValue &report : answer.value(str("list")).toArray())
            ids.append(report[str("channel")].toString());
        return ids;
    };
    for (const char *method : {"Channel/pull", "Channel/deliver"}) {
        QCOMPARE(channels(*bo, method), QStringList({str("1")}));
        QCOMPARE(channels(*kim, method), QStringList({str("1"), str("2")}));
    }
}

void SecrecyTest::noCountTells()
{
    const auto bo = m_world->client(ServerWorld::bo);
    const auto visible = m_world->workspace().readNow<qint64>(
        [](Database &database) -> Result<qint64> { return visibleRows(database, "conversation", {2}).size(); });
    const auto total = [&](const QJsonObject &filter) {
        return bo->call(str("Conversation/query"), {{str("filter"), filter}, {str("calculateTotal"), true}});
    };
    for (const QJsonObject &filter : {QJsonObject(), QJsonObject{{str("status"), str("open")}}}) {
        const QJsonObject answer = total(filter);
        if (answer.contains(str("total")))
            QCOMPARE(answer.value(str("total")).toInteger(), *visible);
        else
            QVERIFY(answer.contains(str("error")));
    }
    // The counts beside a view and of the whole desk.
    Act::SaveView save;
    save.content.name = str("Everything");
    QVERIFY(m_world->act(save).isApplied());
    const auto counts = [&](WireClient &client) {
        QList<qint64> all;
        const QJsonObject views = client.call(str("Desk/views"));
        for (const QJsonValue &view : views.value(str("list")).toArray())
            all.append(view[str("count")].toInteger());
        const QJsonObject overview = client.call(str("Desk/overview"));
        all.append(overview.value(str("open")).toInteger());
        all.append(overview.value(str("channels")).toInteger());
        return all;
    };
    const auto before = counts(*bo);
    const auto kim = m_world->client(ServerWorld::kim);
    const auto kims = counts(*kim);
    m_world->receive(ServerWorld::sales, str("more"), QString::fromLatin1(hiddenMark) + str(" more"));
    QCOMPARE(counts(*bo), before);
    QVERIFY(counts(*kim) != kims);
    const QJsonObject ofHidden = total({{str("channel"), str("2")}});
    QVERIFY(ofHidden.value(str("total")).toInteger() == 0 && ofHidden.value(str("ids")).toArray().isEmpty());
}

/// Kim leaves the team.
void SecrecyTest::withdraw()
{
    m_world->runSql(str("DELETE FROM team_member WHERE agent = 2;"
                        "INSERT INTO tombstone (seq, channel, name, row, at) VALUES (:1, NULL, 'team_member', 1, 0)"));
}

void SecrecyTest::withdrawnChannelVanishes()
{
    const auto kim = m_world->client(ServerWorld::kim);
    Follower follower(*kim, m_world->account());
    QTRY_VERIFY(follower.fetchSlices());
    QVERIFY(follower.follow());
    SocketListener socket(m_world->server().port(), kim->token());
    QTRY_VERIFY(socket.isOpen());
    socket.send(R"({"@type":"WebSocketPushEnable","deltas":true})");
    QTRY_COMPARE(socket.messages.size(), 1);
    withdraw();
    // What was known cannot be followed any more: the client fetches anew, and the channel is not there.
    QVERIFY(!follower.follow());
    for (const QByteArray &table : synchronisedTables())
        QCOMPARE(kim->call(wireTypeOf(table) + str("/changes"), {{str("sinceState"), follower.state()}})
                     .value(str("error"))
                     .toString(),
                 str("cannotCalculateChanges"));
    QTRY_COMPARE(socket.ofType("StateChange").size(), 2);
    m_world->receive(ServerWorld::sales, str("after"), QString::fromLatin1(hiddenMark) + str(" after"));
    m_world->receive(ServerWorld::open, str("lastone"), str("the last"));
    QTRY_VERIFY(!socket.ofType("Delta").isEmpty() &&
                QJsonDocument(socket.messages.constLast()).toJson().contains("lastone"));
    for (const QJsonObject &message : socket.messages.mid(1))
        QVERIFY(!QJsonDocument(message).toJson().contains(hiddenMark));
    QVERIFY(!everything(*kim).contains(hiddenMark));
    QCOMPARE(kim->get(downloadPath(m_blob)).status, 404);
    Follower anew(*kim, m_world->account());
    QTRY_VERIFY(anew.fetchSlices());
    QVERIFY(anew.follow());
    QVERIFY(!anew.sliceBytes().contains(hiddenMark));
    for (const QString &blob : std::as_const(follower.blobs))
        QVERIFY(!kim->get(downloadPath(blob)).body.contains(hiddenMark));
    for (const QByteArray &table : synchronisedTables()) {
        const auto wanted = m_world->workspace().readNow<QStringList>(
            [&](Database &database) -> Result<QStringList> { return visibleRows(database, table, {2}); });
        QCOMPARE(tableRows(anew.database(), table), *wanted);
    }
}

void SecrecyTest::withdrawalInTheSameCommit()
{
    SocketListener socket(m_world->server().port(), m_world->token(ServerWorld::kim));
    SocketListener ana(m_world->server().port(), m_world->token(ServerWorld::ana));
    QTRY_VERIFY(socket.isOpen() && ana.isOpen());
    for (SocketListener *listener : {&socket, &ana}) {
        listener->send(R"({"@type":"WebSocketPushEnable","deltas":true})");
        QTRY_COMPARE(listener->messages.size(), 1);
    }
    // The grant goes, and the channel changes, before anybody is told.
    m_world->runSql(str("DELETE FROM team_member WHERE agent = 2;"
                        "INSERT INTO tombstone (seq, channel, name, row, at) VALUES (:1, NULL, 'team_member', 1, 0);"
                        "UPDATE conversation SET seq = :2 WHERE id = 2; UPDATE message SET seq = :3 WHERE id IN "
                        "(SELECT id FROM message WHERE conversation = 2 LIMIT 1)"));
    QTRY_VERIFY(!ana.ofType("Delta").isEmpty());
    QVERIFY(QJsonDocument(ana.messages.constLast()).toJson().contains(hiddenMark));
    QTRY_COMPARE(socket.messages.size(), 2);
    QCOMPARE(socket.messages[1].value(str("@type")).toString(), str("StateChange"));
    for (const QJsonObject &message : std::as_const(socket.messages))
        QVERIFY(!QJsonDocument(message).toJson().contains(hiddenMark));
}

void SecrecyTest::presenceEndsWithTheGrant()
{
    SocketListener kim(m_world->server().port(), m_world->token(ServerWorld::kim));
    SocketListener ana(m_world->server().port(), m_world->token(ServerWorld::ana));
    QTRY_VERIFY(kim.isOpen() && ana.isOpen());
    kim.send(R"({"@type":"Presence","conversations":[{"id":"2"}]})");
    ana.send(R"({"@type":"Presence","conversations":[{"id":"2"}]})");
    QTRY_COMPARE(kim.ofType("PresenceChange").size(), 1);
    QTRY_COMPARE(ana.ofType("PresenceChange").size(), 1);
    withdraw();
    // Ana hears that Kim has gone, Kim hears nothing of Ana any more.
    QTRY_COMPARE(ana.ofType("PresenceChange").size(), 2);
    ana.send(R"({"@type":"Presence","conversations":[{"id":"2","isWriting":true}]})");
    ana.send(R"({"@type":"Presence","conversations":[{"id":"1"}]})");
    kim.send(R"({"@type":"Presence","conversations":[{"id":"1"},{"id":"2"}]})");
    QTRY_COMPARE(kim.ofType("PresenceChange").constLast().value(str("conversation")).toString(), str("1"));
    for (const QJsonObject &told : kim.ofType("PresenceChange").mid(1))
        QCOMPARE(told.value(str("conversation")).toString(), str("1"));
}

/// How many write to a channel is for those to know who may see it; and who a person is on another one.
void SecrecyTest::contactsAreOfTheirChannel()
{
    const auto contacts = [this](AgentId agent) {
        const auto client = m_world->client(agent);
        return client->call(str("Contact/get")).value(str("list")).toArray();
    };
    const qsizetype all = contacts(ServerWorld::kim).size();
    const qsizetype open = contacts(ServerWorld::bo).size();
    QVERIFY(open > 0 && open < all);
    // No personal data anyway.
    for (const QJsonValue &contact : contacts(ServerWorld::bo)) {
        QCOMPARE(contact[str("channel")], str("1"));
        QCOMPARE(contact.toObject().keys(),
                 QStringList({str("channel"), str("createdSeq"), str("id"), str("mergedInto"), str("seq")}));
    }
    const auto bo = m_world->client(ServerWorld::bo);
    const QString state = bo->call(str("Contact/get")).value(str("state")).toString();
    m_world->receive(ServerWorld::sales, str("another"), str("somebody else"));
    QCOMPARE(bo->call(str("Contact/changes"), {{str("sinceState"), state}}).value(str("newState")).toString(), state);
    // Merged: the hidden one names the other, whichever way it was wished for; Bo is told nothing.
    const Outcome merged = m_world->act(Act::MergeContacts{ContactId(1), ContactId(2)});
    QVERIFY(merged.isApplied());
    const auto isMerged = [](const QJsonValue &contact) { return !contact[str("mergedInto")].isNull(); };
    const QJsonArray bos = contacts(ServerWorld::bo);
    QVERIFY(std::none_of(bos.cbegin(), bos.cend(), isMerged));
    const QJsonArray kims = contacts(ServerWorld::kim);
    QCOMPARE((*std::find_if(kims.cbegin(), kims.cend(), isMerged))[str("id")], str("2"));
    QVERIFY(!QJsonDocument(bo->call(str("Journal/get"))).toJson().contains("mergeContacts"));
    QCOMPARE(m_world->act(Act::SplitContact{ContactId(2)}, ServerWorld::bo).refusal.kind, RefusalKind::notFound);
    // Everybody's channel becomes another team's.
    QVERIFY(m_world->act(Act::AddTeam{str("Night")}).isApplied());
    QVERIFY(m_world->act(Act::SetChannelTeam{ServerWorld::open, TeamId(2)}).isApplied());
    const QJsonArray anas = contacts(ServerWorld::ana);
    QVERIFY(!anas.isEmpty() && std::none_of(anas.cbegin(), anas.cend(), isMerged));
    QVERIFY(contacts(ServerWorld::bo).isEmpty());
    QCOMPARE(m_world->act(Act::MergeContacts{ContactId(1), ContactId(2)}).refusal.kind, RefusalKind::notPossible);
}

/// A row names another only where whoever may see the row may see the other: also after the other's channel has got
/// other people, and in what was made for many before that.
void SecrecyTest::noRowNamesAHiddenOne()
{
    ServerLimits limits = generous();
    limits.slices.rest = std::chrono::hours(1);
    m_world = std::make_unique<ServerWorld>(limits);
    Act::SetStatus resolve;
    resolve.conversation = ConversationId(1);
    resolve.status = Status::resolved;
    resolve.reason = Reason::duplicate;
    resolve.duplicateOf = ConversationId(2);
    const auto duplicateOf = [this](AgentId agent) {
        const QJsonObject ids{{str("ids"), QJsonArray{str("1")}}};
        const QJsonObject answer = m_world->client(agent)->call(str("Conversation/get"), ids);
        return answer.value(str("list"))[0][str("duplicateOf")];
    };
    QCOMPARE(m_world->act(resolve).refusal.kind, RefusalKind::notPossible);
    QVERIFY(m_world->act(Act::SetChannelTeam{ServerWorld::sales, TeamId()}).isApplied());
    QVERIFY(m_world->act(resolve).isApplied());
    QCOMPARE(duplicateOf(ServerWorld::bo), QJsonValue(str("2")));
    const auto bo = m_world->client(ServerWorld::bo);
    Follower before(*bo, m_world->account());
    QTRY_VERIFY(before.fetchSlices());
    SocketListener listener(m_world->server().port(), m_world->token(ServerWorld::bo));
    QTRY_VERIFY(listener.isOpen());
    listener.send(R"({"@type":"WebSocketPushEnable","deltas":true})");
    QTRY_COMPARE(listener.messages.size(), 1);
    QVERIFY(m_world->act(Act::SetChannelTeam{ServerWorld::sales, TeamId(1)}).isApplied());
    // For those who see both too: what is stored is told to all.
    for (const AgentId agent : {ServerWorld::bo, ServerWorld::kim, ServerWorld::ana})
        QCOMPARE(duplicateOf(agent), QJsonValue());
    QTRY_VERIFY(listener.messages.size() > 1);
    for (const QJsonObject &message : std::as_const(listener.messages))
        QVERIFY(!QJsonDocument(message).toJson(QJsonDocument::Compact).contains(R"("duplicateOf":"2")"));
    const QByteArray told = everything(*bo);
    QVERIFY(told.contains("resolved duplicate") && told.contains(R"("duplicateOf":null)"));
    QVERIFY(!told.contains("resolved duplicate 2") && !told.contains(R"("duplicateOf":"2")"));
    Follower anew(*bo, m_world->account());
    QTRY_VERIFY(anew.fetchSlices());
    const auto wanted = m_world->workspace().readNow<QStringList>(
        [](Database &database) -> Result<QStringList> { return visibleRows(database, "conversation", {2}); });
    QCOMPARE(tableRows(anew.database(), "conversation"), *wanted);
    // The other way round nobody is told of what he may not see.
    std::swap(resolve.conversation, resolve.duplicateOf);
    QVERIFY(m_world->act(resolve).isApplied());
    const auto report = verifyWorkspace(m_world->workspace().path(), {});
    QVERIFY(report && report->problems.isEmpty());
}

QTEST_GUILESS_MAIN(SecrecyTest)
#include "tst_secrecy.moc"
