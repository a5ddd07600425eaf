// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskynetwork.h"
#include "tests/networks/await.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QTest>

#include <array>

using namespace Earshot;

/// One request, as raw as a program could send it. In query and body stand {did} and {other} for the brand's and the
/// customer's, {key} for a new record key, {now}, and {cid} for that of the last answer that had one.
struct Step
{
    QByteArray verb = "POST";
    QByteArray method;
    QByteArray body;
    QByteArray token = "access"; ///< access, refresh, other (of the other account), none or garbage
    QByteArray type = "application/json";
};
Q_DECLARE_METATYPE(QList<Step>)

/// The fake answers what the real services answer: the same requests to both, the same status and error of both. Where
/// no real ones were started, the fake alone.
class BlueskyContractTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameFromBoth_data();
    void sameFromBoth();

private:
    struct Side
    {
        BlueskyNetwork network;
        QHash<QByteArray, QByteArray> tokens;
        QByteArray key;
        QByteArray cid;
    };
    static void sessions();
    static void records();
    static void limitsOfRecords();
    static void reading();
    static void signIn(Side &side);
    static QJsonObject exchange(Side &side, const Step &step, int *status);
    static QByteArray told(Side &side, const Step &step);

    std::array<Side, 2> m_sides;
    bool m_hasReal = false;
};

static QList<Step> get(const char *method, const QByteArray &token = "access")
{
    return {{.verb = "GET", .method = method, .body = {}, .token = token}};
}

static QList<Step> post(const char *method, const QByteArray &body, const QByteArray &token = "access")
{
    return {{.method = method, .body = body, .token = token}};
}

static QByteArray recordBody(const QByteArray &record, const QByteArray &more = {})
{
    return R"({"repo":"{did}","collection":"app.bsky.feed.post","rkey":"{key}")" + more + R"(,"record":)" + record +
           '}';
}

static QByteArray textRecord(const QByteArray &text, const QByteArray &more = {})
{
    return R"({"$type":"app.bsky.feed.post","createdAt":"{now}","text":")" + text + '"' + more + '}';
}

static QList<Step> put(const QByteArray &record, const QByteArray &more = R"(,"swapRecord":null)")
{
    return post("com.atproto.repo.putRecord", recordBody(record, more));
}

static void row(const char *name, const QList<Step> &steps, const QByteArrayList &wanted)
{
    QTest::newRow(name) << steps << wanted;
}

void BlueskyContractTest::initTestCase()
{
    m_sides[0].network.pretend();
    m_hasReal = !qEnvironmentVariableIsEmpty("EARSHOT_BLUESKY_NETWORK") && m_sides[1].network.load();
}

void BlueskyContractTest::sessions()
{
    const char *list = "app.bsky.notification.listNotifications";
    row("no token", get(list, "none"), {"401 AuthMissing"});
    row("garbage", get(list, "garbage"), {"400 InvalidToken"});
    row("refresh token to read", get(list, "refresh"), {"400 InvalidToken"});
    row("access token to refresh", post("com.atproto.server.refreshSession", {}), {"400 InvalidToken"});
    row("no token to refresh", post("com.atproto.server.refreshSession", {}, "none"), {"401 AuthMissing"});
    row("refresh twice",
        post("com.atproto.server.refreshSession", {}, "refresh") +
            post("com.atproto.server.refreshSession", {}, "refresh"),
        {"200", "200"});
    row("ended session",
        post("com.atproto.server.deleteSession", {}, "refresh") +
            post("com.atproto.server.refreshSession", {}, "refresh") + get(list),
        {"200", "400 ExpiredToken", "200"});
    const QByteArray login = R"({"identifier":"%1","password":"%2"})";
    const auto logIn = [&](const QByteArray &who, const QByteArray &password) {
        QByteArray body = login;
        return post("com.atproto.server.createSession", body.replace("%1", who).replace("%2", password), "none");
    };
    row("wrong password", logIn("brand.test", "wrong"), {"401 AuthenticationRequired"});
    row("handle with @", logIn("@brand.test", "{password}"), {"401 AuthenticationRequired"});
    row("handle in capitals", logIn("Brand.TEST", "{password}"), {"200"});
    row("did", logIn("{did}", "{password}"), {"200"});
    row("nobody", logIn("nobody.test", "{password}"), {"401 AuthenticationRequired"});
    row("no password", post("com.atproto.server.createSession", R"({"identifier":"brand.test"})", "none"),
        {"400 InvalidRequest"});
    row("write without token", post("com.atproto.repo.putRecord", recordBody(textRecord("x")), "none"),
        {"401 AuthMissing"});
    row("write to another's", post("com.atproto.repo.putRecord", recordBody(textRecord("x")), "other"),
        {"401 AuthenticationRequired"});
    row("who am I", get("com.atproto.server.getSession"), {"200"});
}

void BlueskyContractTest::records()
{
    const QByteArray one = textRecord("one");
    const QByteArray two = textRecord("two");
    row("put", put(one), {"200 commit"});
    row("put again", put(one) + put(one), {"200 commit", "200"});
    row("put another", put(one) + put(two), {"200 commit", "400 InvalidSwap"});
    row("put over", put(one) + put(two, {}), {"200 commit", "200 commit"});
    row("put over the right one", put(one) + put(two, R"(,"swapRecord":"{cid}")"), {"200 commit", "200 commit"});
    row("put over a wrong one",
        put(one) + put(two, R"(,"swapRecord":"{cid}")") + put(one, R"(,"swapRecord":"{first}")"),
        {"200 commit", "200 commit", "400 InvalidSwap"});
    row("put over nothing", put(one, R"(,"swapRecord":"bafyreignf6qjmc2yw37zu4wtkzxmaivqdp4ba4fory3btpb2iwffzmhuny")"),
        {"400 InvalidSwap"});
    const QList<Step> create = post("com.atproto.repo.createRecord", recordBody(one));
    row("create", create, {"200 commit"});
    row("create again", create + create, {"200 commit", "500 InternalServerError"});
    const QList<Step> remove =
        post("com.atproto.repo.deleteRecord", R"({"repo":"{did}","collection":"app.bsky.feed.post","rkey":"{key}"})");
    row("delete", put(one) + remove + remove, {"200 commit", "200 commit", "200"});
    row("create what was deleted", put(one) + remove + create, {"200 commit", "200 commit", "200 commit"});
    const QList<Step> look =
        get("com.atproto.repo.getRecord?repo={did}&collection=app.bsky.feed.post&rkey={key}", "none");
    row("look", put(one) + look, {"200 commit", "200"});
    row("look for nothing", look, {"400 RecordNotFound"});
    QByteArray own = recordBody(one);
    row("key of one's own", post("com.atproto.repo.putRecord", own.replace("{key}", "my-own-key")),
        {"400 InvalidRequest"});
    row("repo by handle", post("com.atproto.repo.createRecord", recordBody(one).replace("{did}", "brand.test")),
        {"200 commit"});
    const auto like = [](const QByteArray &key) {
        return post("com.atproto.repo.createRecord",
                    R"({"repo":"{did}","collection":"app.bsky.feed.like",)" + key +
                        R"("record":{"$type":"app.bsky.feed.like","createdAt":"{now}","subject":{"uri":)"
                        R"("at://{did}/app.bsky.feed.post/3n2uehs7dcc27",)"
                        R"("cid":"bafyreignf6qjmc2yw37zu4wtkzxmaivqdp4ba4fory3btpb2iwffzmhuny"}}})");
    };
    row("a second like takes the place of the first",
        like(R"("rkey":"{key}",)") + like({}) +
            get("com.atproto.repo.getRecord?repo={did}&collection=app.bsky.feed.like&rkey={key}"),
        {"200 commit", "200 commit", "400 RecordNotFound"});
}

void BlueskyContractTest::limitsOfRecords()
{
    const auto refused = [](const char *name, const QByteArray &record, const char *error = "InvalidRequest") {
        row(name, put(record), {QByteArray("400 ") + error});
    };
    row("300 letters", put(textRecord(QByteArray(300, 'x'))), {"200 commit"});
    refused("301 letters", textRecord(QByteArray(301, 'x')));
    const QByteArray family(
        "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7\xE2\x80\x8D\xF0\x9F\x91\xA6");
    row("3,000 bytes", put(textRecord(family.repeated(120))), {"200 commit"});
    refused("3,025 bytes", textRecord(family.repeated(121)));
    row("nothing said", put(textRecord({})), {"200 commit"});
    refused("no text", R"({"$type":"app.bsky.feed.post","createdAt":"{now}"})");
    refused("no date", R"({"$type":"app.bsky.feed.post","text":"x"})");
    refused("date without zone", R"({"$type":"app.bsky.feed.post","text":"x","createdAt":"2026-11-22T00:32:08"})");
    row("date with zone", put(R"({"$type":"app.bsky.feed.post","text":"x","createdAt":"2026-11-22T00:32:08+01:00"})"),
        {"200 commit"});
    row("no type", put(R"({"text":"x","createdAt":"{now}"})"), {"200 commit"});
    refused("wrong type", R"({"$type":"app.bsky.feed.like","text":"x","createdAt":"{now}"})");
    row("three languages", put(textRecord("x", R"(,"langs":["de","en","fr"])")), {"200 commit"});
    refused("four languages", textRecord("x", R"(,"langs":["de","en","fr","it"])"));
    refused("no language", textRecord("x", R"(,"langs":["not a language"])"));
    row("eight tags", put(textRecord("x", R"(,"tags":["a","b","c","d","e","f","g","h"])")), {"200 commit"});
    refused("nine tags", textRecord("x", R"(,"tags":["a","b","c","d","e","f","g","h","i"])"));
    refused("a fraction", textRecord("x", R"(,"more":1.5)"));
    row("something unknown", put(textRecord("x", R"(,"more":{"a":[1]})")), {"200 commit"});
    const QByteArray ref = R"({"uri":"at://{did}/app.bsky.feed.post/3n2uehs7dcc27",)"
                           R"("cid":"bafyreignf6qjmc2yw37zu4wtkzxmaivqdp4ba4fory3btpb2iwffzmhuny"})";
    row("reply to nothing", put(textRecord("x", R"(,"reply":{"root":)" + ref + R"(,"parent":)" + ref + "}")),
        {"200 commit"});
    refused("reply without root", textRecord("x", R"(,"reply":{"parent":)" + ref + "}"));
    refused("reply with a wrong cid",
            textRecord("x",
                       R"(,"reply":{"root":{"uri":"at://{did}/app.bsky.feed.post/3n2uehs7dcc27","cid":"x"},"parent":)" +
                           ref + "}"));
    const auto facet = [](const QByteArray &index, const QByteArray &feature) {
        return QByteArray(R"(,"facets":[{"index":)" + index + R"(,"features":[)" + feature + "]}]");
    };
    const QByteArray mention = R"({"$type":"app.bsky.richtext.facet#mention","did":"{other}"})";
    row("facet beyond the text", put(textRecord("x", facet(R"({"byteStart":0,"byteEnd":99})", mention))),
        {"200 commit"});
    refused("facet before the text", textRecord("x", facet(R"({"byteStart":-1,"byteEnd":1})", mention)));
    refused("mention of a handle",
            textRecord("x", facet(R"({"byteStart":0,"byteEnd":1})",
                                  R"({"$type":"app.bsky.richtext.facet#mention","did":"brand.test"})")));
    refused("link to nowhere", textRecord("x", facet(R"({"byteStart":0,"byteEnd":1})",
                                                     R"({"$type":"app.bsky.richtext.facet#link","uri":"nowhere"})")));
    const QByteArray image =
        R"({"alt":"","image":{"$type":"blob","ref":{"$link":)"
        R"("bafkreifjbt2p4udh2fevginmc2htush72vb6xijxyumazmhzmexhmyivlu"},"mimeType":"image/png","size":9}})";
    const auto images = [&](const QByteArray &list) {
        return textRecord("x", R"(,"embed":{"$type":"app.bsky.embed.images","images":[)" + list + "]}");
    };
    refused("picture that was not uploaded", images(image), "BlobNotFound");
    refused("five pictures", images(image + ',' + image + ',' + image + ',' + image + ',' + image));
    refused("picture without alt", images(QByteArray(image).replace(R"("alt":"",)", "")));
    QByteArray large = R"({"alt":"","image":{"$type":"blob"}})";
    refused("picture that is none", images(large));
}

void BlueskyContractTest::reading()
{
    row("unknown method", get("app.bsky.feed.getNothing"), {"501 MethodNotImplemented"});
    row("unknown method of the server's", get("com.atproto.server.getNothing"), {"501 MethodNotImplemented"});
    row("messages without the service", get("chat.bsky.convo.listConvos"), {"400 InvalidToken"});
    row("read a procedure", get("com.atproto.server.createSession", "none"), {"400 InvalidRequest"});
    row("write a query", post("com.atproto.repo.getRecord", "{}", "none"), {"400 InvalidRequest"});
    row("broken JSON", post("com.atproto.server.createSession", R"({"identifier":)", "none"), {"400 SyntaxError"});
    QList<Step> plain = post("com.atproto.server.createSession", "identifier=x", "none");
    plain.first().type = "text/plain";
    row("no JSON", plain, {"400 InvalidRequest"});
    for (const char *method :
         {"app.bsky.notification.listNotifications?limit=0", "app.bsky.notification.listNotifications?limit=101",
          "app.bsky.notification.listNotifications?limit=x",
          "app.bsky.notification.listNotifications?seenAt=2026-11-22T00:32:08.687Z", "app.bsky.feed.searchPosts",
          "app.bsky.feed.searchPosts?q=x&limit=101", "app.bsky.feed.getPostThread",
          "app.bsky.feed.getPostThread?depth=1001&uri=at://{did}/app.bsky.feed.post/{key}",
          "app.bsky.actor.getProfile?actor=nobody.test", "app.bsky.actor.getProfile",
          "app.bsky.feed.getAuthorFeed?actor=nobody.test", "app.bsky.feed.getAuthorFeed?actor={did}&limit=0",
          "com.atproto.identity.resolveHandle", "com.atproto.repo.getRecord?repo={did}"})
        row(method, get(method), {"400 InvalidRequest"});
    row("handle of nobody", get("com.atproto.identity.resolveHandle?handle=nobody.test"), {"400 HandleNotFound"});
    row("bad cursor", get("app.bsky.notification.listNotifications?cursor=xx"), {"502 InternalServerError"});
    row("thread of nothing", get("app.bsky.feed.getPostThread?uri=at://{did}/app.bsky.feed.post/{key}"),
        {"400 NotFound"});
    QByteArray many = "app.bsky.feed.getPosts?uris=at://{did}/app.bsky.feed.post/{key}";
    many += QByteArray("&uris=at://{did}/app.bsky.feed.post/{key}").repeated(24);
    row("25 posts", get(many.constData()), {"200"});
    row("26 posts", get(QByteArray(many + "&uris=at://{did}/app.bsky.feed.post/{key}").constData()),
        {"400 InvalidRequest"});
    row("notifications", get("app.bsky.notification.listNotifications?priority=false&reasons=mention&limit=1"),
        {"200"});
    row("lists", get("app.bsky.graph.getListMutes") + get("app.bsky.graph.getListBlocks"), {"200", "200"});
    QList<Step> upload = post("com.atproto.repo.uploadBlob", QByteArray(5'242'881, 'x'));
    upload.first().type = "image/png";
    row("file that is too large", upload, {"413 PayloadTooLarge"});
}

void BlueskyContractTest::sameFromBoth_data()
{
    QTest::addColumn<QList<Step>>("steps");
    QTest::addColumn<QByteArrayList>("wanted");
    sessions();
    records();
    limitsOfRecords();
    reading();
}

QJsonObject BlueskyContractTest::exchange(Side &side, const Step &step, int *status)
{
    static const QByteArray now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
    const auto fill = [&side](QByteArray text) {
        return text.replace("{did}", side.network.account("brand", "did").toUtf8())
            .replace("{other}", side.network.account("customer", "did").toUtf8())
            .replace("{password}", side.network.account("brand", "password").toUtf8())
            .replace("{key}", side.key)
            .replace("{cid}", side.cid)
            .replace("{first}", side.tokens.value("cid"))
            .replace("{now}", now);
    };
    HttpRequest request;
    request.method = step.verb;
    request.hasEffect = step.verb != "GET";
    request.url = QUrl::fromEncoded(side.network.server().toEncoded() + "/xrpc/" + fill(step.method));
    if (!step.body.isEmpty())
        request.headers.emplaceBack("Content-Type", step.type);
    request.body = fill(step.body);
    const QByteArray token = step.token == "garbage" ? QByteArray("garbage") : side.tokens.value(step.token);
    if (!token.isEmpty())
        request.authorization = Secret("Bearer " + token);
    NetworkTransport transport;
    const HttpAnswer answer = await(transport.exchange(request)).value_or(HttpAnswer());
    *status = answer.status;
    return QJsonDocument::fromJson(answer.body).object();
}

void BlueskyContractTest::signIn(Side &side)
{
    side.tokens.clear();
    for (const auto &[name, access, refresh] :
         {std::tuple("brand", "access", "refresh"), std::tuple("customer", "other", "otherRefresh")}) {
        const QJsonObject body{{QStringLiteral("identifier"), side.network.account(name, "did")},
                               {QStringLiteral("password"), side.network.account(name, "password")}};
        int status = 0;
        const QJsonObject session = exchange(
            side, post("com.atproto.server.createSession", QJsonDocument(body).toJson(), "none").first(), &status);
        side.tokens.insert(access, session.value(QStringLiteral("accessJwt")).toString().toLatin1());
        side.tokens.insert(refresh, session.value(QStringLiteral("refreshJwt")).toString().toLatin1());
    }
}

/// "200", "200 commit" where something was written, or the status with the error's name.
QByteArray BlueskyContractTest::told(Side &side, const Step &step)
{
    int status = 0;
    const QJsonObject answer = exchange(side, step, &status);
    if (const QString cid = answer.value(QStringLiteral("cid")).toString(); !cid.isEmpty()) {
        if (!side.tokens.contains("cid"))
            side.tokens.insert("cid", cid.toLatin1());
        side.cid = cid.toLatin1();
    }
    const QByteArray more = answer.contains(QLatin1StringView("commit"))
                                ? QByteArray("commit")
                                : answer.value(QStringLiteral("error")).toString().toLatin1();
    return QByteArray(QByteArray::number(status) + ' ' + more).trimmed();
}

void BlueskyContractTest::sameFromBoth()
{
    QFETCH(const QList<Step>, steps);
    QFETCH(const QByteArrayList, wanted);
    static qint64 lastKey = QDateTime::currentMSecsSinceEpoch() * 1000;
    QByteArrayList complaints;
    for (Side &side : m_sides) {
        if (&side == &m_sides[1] && !m_hasReal)
            continue;
        quint64 key = (quint64(++lastKey) << 10U) | 7U;
        side.key = QByteArray(13, '2');
        for (qsizetype i = side.key.size() - 1; i >= 0; --i, key /= 32)
            side.key[i] = "234567abcdefghijklmnopqrstuvwxyz"[key % 32];
        signIn(side);
        QByteArrayList answers;
        for (const Step &step : steps)
            answers.append(told(side, step));
        if (answers != wanted)
            complaints.append((&side == m_sides.data() ? "the fake: " : "the real one: ") + answers.join(", "));
    }
    QVERIFY2(complaints.isEmpty(), QByteArray(complaints.join("; ") + ", wanted " + wanted.join(", ")).constData());
}

QTEST_GUILESS_MAIN(BlueskyContractTest)
#include "tst_blueskycontract.moc"
