// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"

#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QByteArray loginBody(const QByteArray &name, const QByteArray &password)
{
    return QJsonDocument(QJsonObject{{str("name"), QString::fromUtf8(name)},
                                     {str("password"), QString::fromUtf8(password)},
                                     {str("device"), str("Kim's laptop")}})
        .toJson();
}

} // namespace

/// Names and passwords, devices and their tokens.
class LoginTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void passwordGivesAToken();
    void secretsAreNotStored();
    void whoIsNotThereIsRefusedAsWhoIsWrong_data();
    void whoIsNotThereIsRefusedAsWhoIsWrong();
    void brokenLoginsAreRefused_data();
    void brokenLoginsAreRefused();
    void attemptsAreLimitedButNotForEver();
    void goodPasswordDoesNotHelpWhileWaiting();
    void othersAreNotLockedOut();
    void tokensAreListedAndRevoked();
    void foreignTokensCannotBeRevoked();
    void logOutEndsTheToken();
    void toldToEraseItsDeviceHearsIt();
    void revokedOneCanBeToldToErase();
    void disabledOnesDevicesHearIt();
    void strangersHearNothing();
    void onlyOneselfOrAnAdminTakesAccess();
    void everythingIsLogged();
    void refusedTokensAndSlowedLogInsAreLogged();
    void whoGivesAccessIsLogged();
    void manyNamesFromOneAddressAreSlowed();
    void oneNameFromEverywhereIsSlowedButNotWhereItIsAtHome();
    void colleagueGetsInBesideOneWhoFails();
    void ownerGetsInWhileTheNameIsGuessed();
    void newcomerGetsInBesideOneWhoFails();
    void floodOfAnAddressKeepsNobodyOut();
    void logInsAtOnceAreLimited();
    void hashesAreCompared();

private:
    [[nodiscard]] QString tokenId(WireClient &client);
    [[nodiscard]] QJsonObject takeAccess(WireClient &by, int kind, AgentId agent, const QString &id);
    [[nodiscard]] WireReply logIn(const char *name, const char *password);
    [[nodiscard]] WireReply logInFrom(const QByteArray &address, const QByteArray &name, const QByteArray &password);
    void standBehindProxy(ServerLimits limits);
    std::unique_ptr<ServerWorld> m_world;
};

void LoginTest::init()
{
    m_world = std::make_unique<ServerWorld>();
    m_world->setPassword(ServerWorld::kim, "right horse");
}

WireReply LoginTest::logIn(const char *name, const char *password)
{
    return m_world->client(AgentId())->send("POST", "/auth/login", loginBody(name, password));
}

void LoginTest::passwordGivesAToken()
{
    const WireReply reply = logIn("Kim", "right horse");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json().value(str("agent")).toString(), str("2"));
    const QByteArray token = reply.json().value(str("token")).toString().toLatin1();
    WireClient client(m_world->server().port(), token, m_world->account());
    const QJsonObject session = client.get("/.well-known/jmap").json();
    QCOMPARE(session.value(str("username")).toString(), str("Kim"));
    const QJsonObject account = session.value(str("accounts")).toObject().value(m_world->account()).toObject();
    QCOMPARE(account.value(str("accountCapabilities"))
                 .toObject()
                 .value(str("urn:earshot:params:jmap:desk"))
                 .toObject()
                 .value(str("device")),
             reply.json().value(str("device")));
}

void LoginTest::secretsAreNotStored()
{
    const QByteArray token = logIn("Kim", "right horse").json().value(str("token")).toString().toLatin1();
    QVERIFY(token.size() > 60);
    QByteArray all;
    for (const QString &suffix : {QString(), str("-wal")}) {
        QFile file(m_world->workspace().path() + suffix);
        QVERIFY(file.open(QIODevice::ReadOnly));
        all += file.readAll();
    }
    QVERIFY(all.contains("$argon2id$"));
    QVERIFY(!all.contains("right horse"));
    QVERIFY(!all.contains(token.mid(25)));
}

void LoginTest::whoIsNotThereIsRefusedAsWhoIsWrong_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("password");
    QTest::newRow("wrong") << QByteArray("Kim") << QByteArray("wrong horse");
    QTest::newRow("empty") << QByteArray("Kim") << QByteArray("");
    QTest::newRow("nobody") << QByteArray("Nobody") << QByteArray("right horse");
    QTest::newRow("no password") << QByteArray("Bo") << QByteArray("");
    QTest::newRow("disabled") << QByteArray("Vic") << QByteArray("right horse");
}

void LoginTest::whoIsNotThereIsRefusedAsWhoIsWrong()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, password);
    m_world->setPassword(ServerWorld::vic, "right horse");
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::vic, {}, {}, true}).isApplied());
    const WireReply reply = logIn(name.constData(), password.constData());
    QCOMPARE(reply.status, 401);
    QCOMPARE(reply.json().value(str("detail")).toString(), str("name or password is wrong"));
}

void LoginTest::brokenLoginsAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("no json") << QByteArray("name=Kim") << 400;
    QTest::newRow("number") << QByteArray(R"({"name":"Kim","password":1})") << 400;
    QTest::newRow("no name") << QByteArray(R"({"password":"right horse"})") << 400;
    QTest::newRow("giant password") << QByteArray(R"({"name":"Kim","password":")" + QByteArray(2000, 'x') + "\"}")
                                    << 400;
    QTest::newRow("giant body") << QByteArray(100'000, ' ') << 413;
}

void LoginTest::brokenLoginsAreRefused()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QCOMPARE(m_world->client(AgentId())->send("POST", "/auth/login", body).status, status);
}

void LoginTest::attemptsAreLimitedButNotForEver()
{
    WireReply reply;
    int tries = 0;
    do {
        reply = logIn("Kim", "wrong horse");
    } while (reply.status == 401 && ++tries < 20);
    QCOMPARE(tries, ServerLimits().freeFailures);
    QCOMPARE(reply.status, 429);
    const int wait = reply.headers.value("retry-after").toInt();
    QVERIFY(wait > 0 && wait <= 15 * 60);
    m_world->clock().advance(std::chrono::seconds(wait));
    QCOMPARE(logIn("Kim", "wrong horse").status, 401);
    const int longer = logIn("Kim", "wrong horse").headers.value("retry-after").toInt();
    QVERIFY(longer > wait);
    m_world->clock().advance(std::chrono::seconds(longer));
    QCOMPARE(logIn("Kim", "right horse").status, 200);
    QCOMPARE(logIn("Kim", "wrong horse").status, 401);
}

void LoginTest::goodPasswordDoesNotHelpWhileWaiting()
{
    while (logIn("Kim", "wrong horse").status == 401) {
    }
    QCOMPARE(logIn("Kim", "right horse").status, 429);
    QCOMPARE(logIn("kIM", "right horse").status, 429);
}

void LoginTest::othersAreNotLockedOut()
{
    m_world->setPassword(ServerWorld::bo, "other horse");
    const QByteArray token = m_world->token(ServerWorld::kim);
    while (logIn("Kim", "wrong horse").status == 401) {
    }
    QCOMPARE(logIn("Bo", "other horse").status, 200);
    WireClient client(m_world->server().port(), token, m_world->account());
    QCOMPARE(client.post({}).status, 200);
}

void LoginTest::tokensAreListedAndRevoked()
{
    const auto client = m_world->client(ServerWorld::kim);
    const auto other = m_world->client(ServerWorld::kim);
    QCOMPARE(other->post({}).status, 200);
    const QJsonArray tokens = client->get("/auth/tokens").json().value(str("tokens")).toArray();
    QCOMPARE(tokens.size(), 2);
    QString id;
    for (const QJsonValue &token : tokens) {
        if (!token.toObject().value(str("isCurrent")).toBool())
            id = token.toObject().value(str("id")).toString();
    }
    QCOMPARE(client->send("DELETE", "/auth/tokens/" + id.toLatin1()).status, 204);
    QTRY_COMPARE(other->post({}).status, 401);
    QCOMPARE(client->post({}).status, 200);
    QCOMPARE(client->get("/auth/tokens").json().value(str("tokens")).toArray().size(), 1);
    QCOMPARE(client->send("DELETE", "/auth/tokens/" + id.toLatin1()).status, 404);
}

void LoginTest::foreignTokensCannotBeRevoked()
{
    const auto kim = m_world->client(ServerWorld::kim);
    const QByteArray id =
        kim->get("/auth/tokens").json().value(str("tokens"))[0].toObject().value(str("id")).toString().toLatin1();
    QCOMPARE(m_world->client()->send("DELETE", "/auth/tokens/" + id).status, 404);
    QCOMPARE(kim->post({}).status, 200);
}

void LoginTest::logOutEndsTheToken()
{
    const auto client = m_world->client(ServerWorld::kim);
    QCOMPARE(client->send("POST", "/auth/logout").status, 204);
    QTRY_COMPARE(client->post({}).status, 401);
}

QString LoginTest::tokenId(WireClient &client)
{
    const QJsonArray tokens = client.get("/auth/tokens").json().value(str("tokens")).toArray();
    for (const QJsonValue &token : tokens) {
        if (token[str("isCurrent")].toBool())
            return token[str("id")].toString();
    }
    return {};
}

/// @param kind 2 revokes, 3 tells to erase
QJsonObject LoginTest::takeAccess(WireClient &by, int kind, AgentId agent, const QString &id)
{
    return by.call(str("Access/change"), {{str("kind"), kind}, {str("agent"), agent.value}, {str("tokenId"), id}});
}

void LoginTest::toldToEraseItsDeviceHearsIt()
{
    const QByteArray text = m_world->token(ServerWorld::kim);
    WireClient device(m_world->server().port(), text, m_world->account());
    QCOMPARE(device.post({}).status, 200);
    const QString id = tokenId(device);
    QVERIFY(!takeAccess(*m_world->client(), 3, ServerWorld::kim, id).contains(str("type")));
    QTRY_COMPARE(device.post({}).status, 401);
    for (const char *path : {"/.well-known/jmap", "/jmap/slices", "/auth/tokens"}) {
        const WireReply told = device.get(path);
        QCOMPARE(told.status, 401);
        QCOMPARE(told.json().value(str("type")).toString(), str("urn:earshot:problem:eraseDevice"));
        QCOMPARE(partingIn(told.json(), Secret(text)), Parting::erase);
    }
    // It is listed, and was not seen yet.
    const auto kim = m_world->client(ServerWorld::kim);
    const auto listed = [&]() -> QJsonValue {
        for (const QJsonValue &token : kim->get("/auth/tokens").json().value(str("tokens")).toArray()) {
            if (token[str("id")].toString() == id)
                return token;
        }
        return {};
    };
    QVERIFY(listed()[str("eraseAskedAt")].isString());
    QVERIFY(listed()[str("erasedAt")].isNull());
    QCOMPARE(device.send("POST", "/auth/erased").status, 204);
    QTRY_VERIFY(listed()[str("erasedAt")].isString());
    // A copy of it that comes later hears it too; when the first one erased stays.
    m_world->clock().advance(std::chrono::hours(1));
    const QJsonValue at = listed()[str("erasedAt")];
    QCOMPARE(partingIn(device.get("/.well-known/jmap").json(), Secret(text)), Parting::erase);
    QCOMPARE(device.send("POST", "/auth/erased").status, 204);
    QCOMPARE(listed()[str("erasedAt")], at);
    QStringList kinds;
    for (const AccessLine &line : m_world->accessLog())
        kinds.append(line.kind);
    QVERIFY(kinds.contains(str("eraseAsked")));
    QCOMPARE(kinds.count(str("erased")), 1);
}

void LoginTest::revokedOneCanBeToldToErase()
{
    const QByteArray text = m_world->token(ServerWorld::kim);
    WireClient device(m_world->server().port(), text, m_world->account());
    const QString id = tokenId(device);
    QVERIFY(!takeAccess(*m_world->client(), 2, ServerWorld::kim, id).contains(str("type")));
    QTRY_COMPARE(device.post({}).status, 401);
    // Being revoked alone is no reason to erase anything.
    QCOMPARE(partingIn(device.post({}).json(), Secret(text)), Parting::none);
    QCOMPARE(device.post({}).json().value(str("type")).toString(), str("about:blank"));
    QCOMPARE(device.send("POST", "/auth/erased").status, 401);
    QVERIFY(!takeAccess(*m_world->client(), 3, ServerWorld::kim, id).contains(str("type")));
    QTRY_COMPARE(partingIn(device.post({}).json(), Secret(text)), Parting::erase);
    QCOMPARE(takeAccess(*m_world->client(), 3, ServerWorld::kim, id).value(str("type")).toString(), str("notFound"));
}

void LoginTest::disabledOnesDevicesHearIt()
{
    const QByteArray text = m_world->token(ServerWorld::kim);
    WireClient device(m_world->server().port(), text, m_world->account());
    QCOMPARE(device.post({}).status, 200);
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QTRY_COMPARE(device.post({}).status, 401);
    QCOMPARE(partingIn(device.post({}).json(), Secret(text)), Parting::disabled);
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, false}).isApplied());
    QTRY_COMPARE(device.post({}).status, 200);
}

/// Neither who only knows a token's id hears whose it is, nor is anybody believed who does not know the token.
void LoginTest::strangersHearNothing()
{
    const QByteArray text = m_world->token(ServerWorld::kim);
    WireClient device(m_world->server().port(), text, m_world->account());
    QVERIFY(!takeAccess(*m_world->client(), 3, ServerWorld::kim, tokenId(device)).contains(str("type")));
    QTRY_COMPARE(device.post({}).status, 401);
    const QByteArray guess = text.left(25) + QByteArray(43, 'A');
    QVERIFY(parseToken(guess));
    WireClient stranger(m_world->server().port(), guess, m_world->account());
    QCOMPARE(stranger.post({}).json().value(str("type")).toString(), str("about:blank"));
    QCOMPARE(stranger.send("POST", "/auth/erased").status, 401);
    QJsonObject forged = device.post({}).json();
    QCOMPARE(partingIn(forged, Secret(text)), Parting::erase);
    QCOMPARE(partingIn(forged, Secret(guess)), Parting::none);
    QCOMPARE(partingIn(forged, Secret()), Parting::none);
    forged.insert(str("type"), partingType(Parting::disabled));
    QCOMPARE(partingIn(forged, Secret(text)), Parting::none);
    forged.insert(str("type"), partingType(Parting::erase));
    forged.remove(str("proof"));
    QCOMPARE(partingIn(forged, Secret(text)), Parting::none);
}

void LoginTest::onlyOneselfOrAnAdminTakesAccess()
{
    const auto kim = m_world->client(ServerWorld::kim);
    const auto bo = m_world->client(ServerWorld::bo);
    const QString lost = parseToken(m_world->token(ServerWorld::kim))->id;
    const QString forbidden = str("forbidden");
    for (const int kind : {2, 3}) {
        QCOMPARE(takeAccess(*bo, kind, ServerWorld::kim, lost).value(str("type")).toString(), forbidden);
        // Saying that it is one's own does not help.
        QCOMPARE(takeAccess(*bo, kind, ServerWorld::bo, lost).value(str("type")).toString(), str("notFound"));
    }
    QCOMPARE(kim->call(str("Access/tokens"), {{str("agent"), str("2")}}).value(str("list")).toArray().size(), 2);
    QCOMPARE(bo->call(str("Access/tokens"), {{str("agent"), str("2")}}).value(str("type")).toString(), forbidden);
    QVERIFY(!takeAccess(*kim, 3, ServerWorld::kim, lost).contains(str("type")));
    // What gives access is not one's own to do.
    const QJsonObject password{{str("kind"), 0}, {str("agent"), ServerWorld::kim.value}, {str("hash"), str("x")}};
    QCOMPARE(kim->call(str("Access/change"), password).value(str("type")).toString(), forbidden);
}

void LoginTest::everythingIsLogged()
{
    QCOMPARE(logIn("Kim", "wrong horse").status, 401);
    QCOMPARE(logIn("Kim", "right horse").status, 200);
    QTRY_COMPARE(m_world->accessLog().size(), 2);
    QStringList kinds;
    for (const AccessLine &line : m_world->accessLog()) {
        kinds.append(line.kind);
        QCOMPARE(line.name, str("Kim"));
        QCOMPARE(line.address, str("127.0.0.1"));
    }
    kinds.sort();
    QCOMPARE(kinds, QStringList({str("logIn"), str("logInRefused")}));
}

void LoginTest::refusedTokensAndSlowedLogInsAreLogged()
{
    const auto client = m_world->client(ServerWorld::kim);
    QCOMPARE(client->send("POST", "/auth/logout").status, 204);
    QTRY_COMPARE(client->post({}).status, 401);
    QTRY_COMPARE(m_world->accessLog().first().kind, str("tokenRefused"));
    QCOMPARE(m_world->accessLog().first().address, str("127.0.0.1"));
    QVERIFY(!m_world->accessLog().first().token.isEmpty());
    while (logIn("Kim", "wrong horse").status == 401) {
    }
    QTRY_COMPARE(m_world->accessLog().first().kind, str("logInSlowed"));
    QCOMPARE(m_world->accessLog().first().name, str("Kim"));
    // Who shows nothing was refused nothing.
    const qsizetype lines = m_world->accessLog().size();
    QCOMPARE(m_world->client(AgentId())->post({}).status, 401);
    // Who goes on is written down once a minute.
    QCOMPARE(logIn("Kim", "wrong horse").status, 429);
    m_world->clock().advance(std::chrono::seconds(61));
    QCOMPARE(logIn("Kim", "right horse").status, 200);
    QTRY_COMPARE(m_world->accessLog().first().kind, str("logIn"));
    QCOMPARE(m_world->accessLog().size(), lines + 1);
}

WireReply LoginTest::logInFrom(const QByteArray &address, const QByteArray &name, const QByteArray &password)
{
    return m_world->client(AgentId())->send("POST", "/auth/login", loginBody(name, password),
                                            "X-Forwarded-For: " + address + "\r\n");
}

/// A server on the same workspace that hears of many addresses.
void LoginTest::standBehindProxy(ServerLimits limits)
{
    limits.strangerBurst = 10'000;
    Server::Options options;
    options.limits = limits;
    options.isBehindProxy = true;
    m_world->start(options);
}

/// The log says who did it and from where, whatever the client claims.
void LoginTest::whoGivesAccessIsLogged()
{
    const auto change = [this](const QJsonObject &arguments) {
        return m_world->client()->call(str("Access/change"), arguments);
    };
    const QJsonObject password{{str("kind"), 0},
                               {str("agent"), ServerWorld::kim.value},
                               {str("hash"), hashPassword(Secret("new horse"))},
                               {str("by"), ServerWorld::bo.value}};
    QVERIFY(!change(password).contains(str("error")));
    const NewToken made = makeToken();
    const QJsonObject token{{str("kind"), 1},
                            {str("agent"), ServerWorld::kim.value},
                            {str("hash"), made.parts.hash},
                            {str("tokenId"), made.parts.id},
                            {str("device"), newUuid(m_world->clock().now()).toString(QUuid::WithoutBraces)},
                            {str("name"), str("Robot")}};
    QVERIFY(!change(token).contains(str("error")));
    QTRY_COMPARE(m_world->accessLog().size(), 2);
    for (const AccessLine &line : m_world->accessLog()) {
        QCOMPARE(line.agent, ServerWorld::ana);
        QCOMPARE(line.name, str("Ana"));
        QCOMPARE(line.address, str("127.0.0.1"));
    }
    QCOMPARE(m_world->accessLog()[0].kind, str("tokenMade"));
    QCOMPARE(m_world->accessLog()[0].token, made.parts.id);
    QCOMPARE(m_world->accessLog()[0].detail, str("Kim: Robot"));
    QCOMPARE(m_world->accessLog()[1].kind, str("passwordSet"));
    QCOMPARE(m_world->accessLog()[1].detail, str("Kim"));
    QCOMPARE(logIn("Kim", "new horse").status, 200);
}

void LoginTest::manyNamesFromOneAddressAreSlowed()
{
    ServerLimits limits;
    limits.freeFailuresOfAddress = 4;
    standBehindProxy(limits);
    // A host of IPv6 has as many addresses as it likes.
    QCOMPARE(logInFrom("2001:db8:1:2::1", "Ana", "x").status, 401);
    QCOMPARE(logInFrom("2001:db8:1:2::2", "Bo", "x").status, 401);
    QCOMPARE(logInFrom("2001:db8:1:2::3", "Vic", "x").status, 401);
    // What succeeds does not count.
    QCOMPARE(logInFrom("2001:db8:1:2::4", "Kim", "right horse").status, 200);
    QCOMPARE(logInFrom("2001:db8:1:2::5", "Eve", "x").status, 401);
    const WireReply slowed = logInFrom("2001:db8:1:2::6", "Mallory", "x");
    QCOMPARE(slowed.status, 429);
    QCOMPARE(slowed.headers.value("retry-after"), QByteArray("1"));
    QCOMPARE(logInFrom("2001:db8:1:3::1", "Eve", "x").status, 401);
    m_world->clock().advance(std::chrono::seconds(1));
    QCOMPARE(logInFrom("2001:db8:1:2::1", "Ana", "x").status, 401);
}

/// Who fails under another's name from many places slows down strange places only.
void LoginTest::oneNameFromEverywhereIsSlowedButNotWhereItIsAtHome()
{
    ServerLimits limits;
    limits.freeFailuresOfName = 4;
    standBehindProxy(limits);
    QCOMPARE(logInFrom("198.51.100.7", "Kim", "right horse").status, 200);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(logInFrom("192.0.2." + QByteArray::number(i + 1), "kim", "x").status, 401);
    const WireReply slowed = logInFrom("192.0.2.99", "KIM", "right horse");
    QCOMPARE(slowed.status, 429);
    QVERIFY(slowed.headers.value("retry-after").toInt() <= 5);
    QCOMPARE(logInFrom("198.51.100.7", "Kim", "right horse").status, 200);
    QCOMPARE(logInFrom("192.0.2.99", "Bo", "x").status, 401);
    // Also a server that was started anew knows where somebody is at home.
    standBehindProxy(limits);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(logInFrom("192.0.2." + QByteArray::number(i + 1), "kim", "x").status, 401);
    QCOMPARE(logInFrom("192.0.2.99", "Kim", "right horse").status, 429);
    QCOMPARE(logInFrom("198.51.100.7", "Kim", "right horse").status, 200);
}

/// An office has one address.
void LoginTest::colleagueGetsInBesideOneWhoFails()
{
    standBehindProxy({});
    QCOMPARE(logInFrom("198.51.100.7", "Kim", "right horse").status, 200);
    for (int i = 0; i < 40; ++i)
        static_cast<void>(logInFrom("198.51.100.7", "Bo" + QByteArray::number(i), "x"));
    QCOMPARE(logInFrom("198.51.100.7", "Mallory", "x").status, 429);
    QCOMPARE(logInFrom("198.51.100.7", "Kim", "right horse").status, 200);
    // That one got in frees nobody else.
    for (int i = 0; i < 40; ++i) {
        m_world->clock().advance(std::chrono::seconds(1));
        static_cast<void>(logInFrom("198.51.100.7", "Mallory", QByteArray::number(i)));
    }
    QCOMPARE(logInFrom("198.51.100.7", "Eve", "x").status, 429);
}

/// Somebody tries one password after another for the name, every second, from where it is at home.
void LoginTest::ownerGetsInWhileTheNameIsGuessed()
{
    standBehindProxy({});
    QCOMPARE(logInFrom("198.51.100.7", "Kim", "right horse").status, 200);
    for (int i = 0; i < 40; ++i)
        static_cast<void>(logInFrom("198.51.100.7", "Kim", "w" + QByteArray::number(i)));
    int guesses = 0;
    int seconds = 0;
    for (bool isIn = false; !isIn && seconds < 1800; ++seconds) {
        m_world->clock().advance(std::chrono::seconds(1));
        guesses += logInFrom("198.51.100.7", "Kim", "x" + QByteArray::number(seconds)).status == 401;
        isIn = seconds % 10 == 9 && logInFrom("198.51.100.7", "Kim", "right horse").status == 200;
    }
    QVERIFY2(seconds < 300, qPrintable(QString::number(seconds)));
    QVERIFY2(guesses < 10, qPrintable(QString::number(guesses)));
    // Nor does it help to send the same wrong one again and again.
    seconds = 0;
    for (bool isIn = false; !isIn && seconds < 1800; ++seconds) {
        m_world->clock().advance(std::chrono::seconds(1));
        static_cast<void>(logInFrom("198.51.100.7", "Kim", "old horse"));
        isIn = seconds % 10 == 9 && logInFrom("198.51.100.7", "Kim", "right horse").status == 200;
    }
    QVERIFY2(seconds < 300, qPrintable(QString::number(seconds)));
}

/// Where nobody has come in by that name before, it may take until the longest wait is over, not for ever.
void LoginTest::newcomerGetsInBesideOneWhoFails()
{
    standBehindProxy({});
    int guesses = 0;
    for (int i = 0; i < 60; ++i) {
        static_cast<void>(logInFrom("198.51.100.7", "Bo" + QByteArray::number(i), "x"));
        m_world->clock().advance(std::chrono::minutes(i < 30 ? 0 : 1));
    }
    int seconds = 0;
    for (bool isIn = false; !isIn && seconds < 7200; seconds += 5) {
        m_world->clock().advance(std::chrono::seconds(5));
        guesses += logInFrom("198.51.100.7", "Bo" + QByteArray::number(seconds), "x").status == 401;
        isIn = seconds % 20 == 15 && logInFrom("198.51.100.7", "Kim", "right horse").status == 200;
    }
    QVERIFY2(seconds <= 1200, qPrintable(QString::number(seconds)));
    QVERIFY2(guesses <= 1, qPrintable(QString::number(guesses)));
}

/// Whoever asks far too much asks it of their own share.
void LoginTest::floodOfAnAddressKeepsNobodyOut()
{
    Server::Options options;
    options.isBehindProxy = true;
    m_world->start(options);
    QCOMPARE(logInFrom("198.51.100.7", "Kim", "right horse").status, 200);
    int slowed = 0;
    for (int i = 0; i < 100; ++i) {
        slowed += logInFrom("198.51.100.7", "Mallory" + QByteArray::number(i), "x").status == 429;
        static_cast<void>(m_world->client(AgentId())->send("GET", "/nothing", {}, "X-Forwarded-For: 198.51.100.7\r\n"));
    }
    QVERIFY(slowed > 50);
    QCOMPARE(logInFrom("198.51.100.7", "Kim", "right horse").status, 200);
}

/// Each takes 64 MiB.
void LoginTest::logInsAtOnceAreLimited()
{
    ServerLimits limits;
    limits.waitingLogins = 2;
    standBehindProxy(limits);
    std::vector<std::unique_ptr<WireClient>> clients;
    const QByteArray body = loginBody("Kim", "right horse");
    for (int i = 0; i < 5; ++i) {
        clients.push_back(m_world->client(AgentId()));
        clients.back()->write("POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                              "Content-Length: " +
                              QByteArray::number(body.size()) + "\r\nX-Forwarded-For: 192.0.2." +
                              QByteArray::number(i) + "\r\n\r\n" + body);
    }
    QHash<int, int> statuses;
    for (const auto &client : clients) {
        const WireReply reply = client->read();
        ++statuses[reply.status];
        if (reply.status == 503)
            QVERIFY(reply.headers.value("retry-after").toInt() > 0);
    }
    QCOMPARE(statuses.value(200) + statuses.value(503), 5);
    QVERIFY(statuses.value(200) >= 2);
    QVERIFY(statuses.value(503) >= 1);
    QCOMPARE(logInFrom("192.0.2.9", "Kim", "right horse").status, 200);
}

void LoginTest::hashesAreCompared()
{
    const QString hashed = hashPassword(Secret("a"));
    QVERIFY(hashed.startsWith(str("$argon2id$")));
    QVERIFY(hashed != hashPassword(Secret("a")));
    QVERIFY(passwordFits(Secret("a"), hashed));
    QVERIFY(!passwordFits(Secret("b"), hashed));
    QVERIFY(!passwordFits(Secret("a"), QString()));
    QVERIFY(!passwordFits(Secret("a"), str("nonsense")));
    QVERIFY(!hashesEqual(QString(), QString()));
    QVERIFY(!hashesEqual(str("ab"), str("abc")));
    const NewToken token = makeToken();
    const auto parsed = parseToken(token.text.reveal());
    QVERIFY(parsed);
    QCOMPARE(parsed->id, token.parts.id);
    QVERIFY(hashesEqual(parsed->hash, token.parts.hash));
}

QTEST_GUILESS_MAIN(LoginTest)
#include "tst_login.moc"
