// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "await.h"
#include "fakes/fakenetwork.h"
#include "networks/mastodonconnector.h"
#include "networks/mastodonjson.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

namespace {

class StillClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return timeFromMs(1'795'200'000'000); }
};

/// A server that knows a few answers by heart; all else is missing, told as its kind tells it.
class RoteServer final : public FakeNetwork
{
public:
    [[nodiscard]] QStringList hosts() const override { return {u"fedi.example"_s}; }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override
    {
        HttpAnswer answer;
        answer.url = request.url;
        const auto known = answers.constFind(request.url.path());
        answer.status = known == answers.constEnd() ? missingStatus : 200;
        answer.body = known == answers.constEnd() ? missing : *known;
        // There is one page of everything, and no Link to a second.
        if (request.url.query().contains("max_id"_L1))
            answer.body = "[]";
        return answer;
    }
    QHash<QString, QByteArray> answers;
    QByteArray missing;
    int missingStatus = 404;
};

QByteArray textFrom(const QJsonValue &value)
{
    return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

QDir folder()
{
    return QDir(QStringLiteral(EARSHOT_SOURCE_DIR "/tests/networks/data/servers"));
}

} // namespace

/// How servers speak Mastodon's language that are not Mastodon: what each of them answers lies in data/servers.
class MastodonHabitsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mentionArrives_data();
    void mentionArrives();
    void numbersKeepTheirDigits();
    void profilePageLeadsToItsAccount_data();
    void profilePageLeadsToItsAccount();
};

void MastodonHabitsTest::mentionArrives_data()
{
    QTest::addColumn<QString>("file");
    const QStringList files = folder().entryList({u"*.json"_s}, QDir::Files);
    QVERIFY(files.size() >= 6);
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file;
}

void MastodonHabitsTest::mentionArrives()
{
    QFETCH(const QString, file);
    QFile source(folder().filePath(file));
    QVERIFY(source.open(QIODevice::ReadOnly));
    const QJsonObject habits = QJsonDocument::fromJson(source.readAll()).object();
    const QJsonObject brand = objectOf(habits, "brand");
    const QJsonObject expected = objectOf(habits, "expected");
    const auto server = std::make_shared<RoteServer>();
    server->missing = textOf(objectOf(habits, "missing"), "body").toUtf8();
    server->missingStatus = valueOf(objectOf(habits, "missing"), "status").toInt();
    const QString id = textOf(brand, "id");
    server->answers = {{u"/api/v1/instance"_s, textFrom(valueOf(habits, "instance"))},
                       {u"/api/v1/accounts/verify_credentials"_s, textFrom(brand)},
                       {u"/api/v1/notifications"_s, '[' + textFrom(valueOf(habits, "notification")) + ']'},
                       {u"/api/v1/accounts/"_s + id + u"/statuses"_s, "[]"}};
    FakeTransport transport;
    transport.add(server);
    StillClock clock;
    ChannelAccess access;
    access.address = u"@brand@fedi.example"_s;
    access.secret = Secret("token");
    MastodonConnector connector(access, {&transport, &clock});
    const auto checked = await(connector.check());
    QVERIFY2(checked.has_value(), checked ? "" : qPrintable(checked.error().detail));
    QCOMPARE(checked->id, id);
    const auto page = await(connector.pull({}));
    QVERIFY2(page.has_value(), page ? "" : qPrintable(page.error().detail));
    QCOMPARE(page->messages.size(), 1);
    QVERIFY(page->hasMore);
    const RemoteMessage message = page->messages.first();
    QCOMPARE(message.uri, textOf(expected, "uri"));
    QCOMPARE(message.threadUri, message.uri);
    QCOMPARE(message.remoteId, textOf(expected, "remoteId"));
    QCOMPARE(message.author.handle, textOf(expected, "author"));
    QCOMPARE(message.text, textOf(expected, "text"));
    QCOMPARE(word(message.visibility), textOf(expected, "visibility"));
    QVERIFY(!message.isOurs && !message.isContext);
    // Whatever zone this machine is in.
    QCOMPARE(toIso(message.sentAt).left(19), u"2026-11-20T10:00:00"_s);
    const auto last = await(connector.pull(page->next));
    QVERIFY2(last.has_value(), last ? "" : qPrintable(last.error().detail));
    QVERIFY(last->messages.isEmpty() && !last->hasMore);
    QCOMPARE(last->withheld, QString());
    // The next pull knows it.
    const auto again = await(connector.pull(last->next));
    QVERIFY(again.has_value());
    QVERIFY(again->messages.isEmpty() && !again->hasMore);
}

void MastodonHabitsTest::numbersKeepTheirDigits()
{
    const QJsonObject object{{u"id"_s, Q_INT64_C(9007199254740993)}, {u"none"_s, QJsonValue::Null}, {u"no"_s, false}};
    QCOMPARE(textOf(object, "id"), u"9007199254740993"_s);
    QCOMPARE(textOf(object, "none"), QString());
    QCOMPARE(textOf(object, "no"), QString());
}

void MastodonHabitsTest::profilePageLeadsToItsAccount_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<bool>("isFound");
    QTest::newRow("Pixelfed") << u"/mira"_s << QByteArray("https://fedi.example/users/mira") << true;
    QTest::newRow("Friendica") << u"/profile/mira"_s << QByteArray("/profile/mira") << true;
    QTest::newRow("a blog's post") << u"/2026/hello/"_s << QByteArray("https://fedi.example/?p=7") << false;
    QTest::newRow("somebody elsewhere") << u"/mira"_s << QByteArray("https://far.example/users/mira") << false;
}

void MastodonHabitsTest::profilePageLeadsToItsAccount()
{
    QFETCH(const QString, page);
    QFETCH(const QByteArray, link);
    QFETCH(const bool, isFound);
    const auto server = std::make_shared<RoteServer>();
    server->answers = {
        {page, "<html><head><link href='" + link + "' rel=alternate type='application/activity+json'></head></html>"},
        {u"/api/v1/instance"_s, R"json({"uri":"fedi.example","version":"3.5.3 (compatible; Pixelfed 0.12.4)"})json"},
        {u"/api/v1/accounts/lookup"_s, R"({"id":"7","acct":"mira","display_name":"Mira"})"}};
    FakeTransport transport;
    transport.add(server);
    StillClock clock;
    const auto found = await(discover(u"https://fedi.example"_s + page, {&transport, &clock}));
    QVERIFY2(found.has_value(), found ? "" : qPrintable(found.error().detail));
    QCOMPARE(!found->isEmpty(), isFound);
    if (isFound) {
        QCOMPARE(found->first().network, Network::mastodon);
        QCOMPARE(found->first().address, u"@mira@fedi.example"_s);
        QVERIFY(found->first().needsSignIn);
    }
    for (const HttpRequest &request : transport.requests())
        QCOMPARE(request.url.host(), u"fedi.example"_s);
}

EARSHOT_TEST_PROGRAM(argc, argv)
{
    qputenv("TZ", "Pacific/Auckland");
    QCoreApplication app(argc, argv);
    MastodonHabitsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_mastodonhabits.moc"
