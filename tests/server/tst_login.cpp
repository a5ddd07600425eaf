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

QByteArray loginBody(const char *name, const char *password)
{
    return QJsonDocument(QJsonObject{{str("name"), str(name)},
                                     {str("password"), str(password)},
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
    void everythingIsLogged();
    void refusedTokensAndSlowedLogInsAreLogged();
    void hashesAreCompared();

private:
    [[nodiscard]] WireReply logIn(const char *name, const char *password);
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
    QCOMPARE(logIn("Kim", "wrong horse").status, 429);
    QTRY_COMPARE(m_world->accessLog().size(), lines + 1);
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
