// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonaddress.h"
#include "networks/mastodonjson.h"
#include "networks/mastodonserver.h"
#include "networks/mastodonstream.h"
#include "networks/mastodonthreads.h"
#include "networks/timelineposition.h"

#include <QJsonDocument>
#include <QTest>

using namespace Earshot;
using Kind = MastodonAddress::Kind;

class MastodonJsonTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAPost();
    void followersAreToldOrNot_data();
    void followersAreToldOrNot();
    void onlyNamesLoseTheirAddress();
    void lineEndsInParagraphsAreBreaks();
    void quotedTextAndPollFollowTheText();
    void strangeValuesDoNoHarm();
    void knowsWhatIsForUs();
    void threadIsPlacedFromContext();
    void privateTalkHasAThreadOfItsOwn();
    void cyclesEnd();
    void comparesWhatServersChange();
    void positionsSurvive();
    void addresses_data();
    void addresses();
    void serverFacts();
    void streamAddress();
};

static QJsonObject parse(const char *json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("%s", qPrintable(error.errorString()));
    return document.object();
}

static MastodonView brandsView()
{
    MastodonView view;
    view.domain = QStringLiteral("gts.test");
    view.accountId = QStringLiteral("01B");
    view.accountHandle = QStringLiteral("@brand@gts.test");
    view.isSignedIn = true;
    return view;
}

void MastodonJsonTest::readsAPost()
{
    const QJsonObject status = parse(R"({"id":"01M80AYWMQ","created_at":"2026-11-22T00:37:07.866Z","edited_at":null,
        "in_reply_to_id":null,"visibility":"unlisted","language":"en","uri":"http://gts.test/users/customer/statuses/01M80AYWMQ",
        "url":"http://gts.test/@customer/statuses/01M80AYWMQ","spoiler_text":"about parcels",
        "account":{"id":"01SAG","username":"customer","acct":"customer","display_name":"Mira\u202e","url":"http://gts.test/@customer","avatar":"javascript:x"},
        "content":"<p><span class=\"h-card\"><a href=\"http://gts.test/@brand\" class=\"u-url mention\">@<span>brand</span></a></span> order 4711 &amp; <a href=\"http://gts.test/tags/help\" class=\"mention hashtag\">#<span>help</span></a></p>",
        "mentions":[{"id":"01B","acct":"brand"},{"id":"01O","acct":"other@far.example"},{"id":"01SAG","acct":"customer"}],
        "media_attachments":[{"type":"gifv","url":"https://gts.test/a.mp4","preview_url":"https://gts.test/a.png","description":"a red box","meta":{"original":{"width":320,"height":200}}}]})");
    const RemoteMessage message = messageFrom(status, brandsView());
    QCOMPARE(message.uri, QStringLiteral("http://gts.test/users/customer/statuses/01M80AYWMQ"));
    QCOMPARE(message.threadUri, message.uri);
    QCOMPARE(message.remoteId, QStringLiteral("01M80AYWMQ"));
    QCOMPARE(message.text, QStringLiteral("@brand order 4711 & #help"));
    QCOMPARE(message.contentWarning, QStringLiteral("about parcels"));
    QCOMPARE(message.author.handle, QStringLiteral("@customer@gts.test"));
    QVERIFY(message.author.avatarUrl.isEmpty());
    QCOMPARE(message.visibility, Visibility::unlisted);
    QCOMPARE(toIso(message.sentAt), QStringLiteral("2026-11-22T00:37:07.866Z"));
    QVERIFY(!isKnown(message.editedAt));
    QVERIFY(!message.isOurs && !message.isContext);
    QCOMPARE(message.mentions, QStringList{QStringLiteral("@other@far.example")});
    QCOMPARE(message.media.size(), 1);
    QCOMPARE(message.media.first().type, QStringLiteral("video"));
    QCOMPARE(message.media.first().description, QStringLiteral("a red box"));
    QCOMPARE(message.media.first().width, 320);
}

void MastodonJsonTest::followersAreToldOrNot_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<int>("followers");
    QTest::newRow("told") << QByteArray(R"(,"followers_count":12400)") << 12'400;
    QTest::newRow("nobody") << QByteArray(R"(,"followers_count":0)") << 0;
    QTest::newRow("not told") << QByteArray() << -1;
    QTest::newRow("hidden") << QByteArray(R"(,"followers_count":-1)") << -1;
    QTest::newRow("strange") << QByteArray(R"(,"followers_count":"many")") << -1;
    QTest::newRow("beyond all") << QByteArray(R"(,"followers_count":1e300)") << -1;
}

void MastodonJsonTest::followersAreToldOrNot()
{
    QFETCH(QByteArray, member);
    QFETCH(int, followers);
    const QByteArray status = R"({"id":"2","uri":"u:2","content":"a","account":{"id":"c","acct":"c")" + member + "}}";
    QCOMPARE(messageFrom(parse(status.constData()), brandsView()).author.followers.value_or(-1), followers);
}

void MastodonJsonTest::onlyNamesLoseTheirAddress()
{
    const QString html = QStringLiteral(
        "<p>@<a class='u-url mention' href=\"http://far.example/@jo\">jo</a> "
        "<a href=\"http://gts.test/tags/help\" rel=\"tag\" class=\"mention hashtag\">#<span>help</span></a> "
        "<a href=\"https://shop.example/mentions/5\">this</a> "
        "<a class=\"button\" href=\"https://shop.example/hashtag\" title=\"mention\">that</a></p>");
    QCOMPARE(plainText(html), QStringLiteral("@jo #help this (https://shop.example/mentions/5) "
                                             "that (https://shop.example/hashtag)"));
}

void MastodonJsonTest::lineEndsInParagraphsAreBreaks()
{
    // Hollo makes no other breaks; elsewhere line ends merely tidy the markup.
    QCOMPARE(plainText(QStringLiteral("<p>one\ntwo\n\nthree</p>\n<p>four<br>\nfive</p>\n")),
             QStringLiteral("one\ntwo\n\nthree\n\nfour\nfive"));
    QCOMPARE(plainText(QStringLiteral("<div>\none\ntwo\n</div>")), QStringLiteral("one two"));
}

void MastodonJsonTest::quotedTextAndPollFollowTheText()
{
    const QJsonObject status = parse(R"({"id":"2","uri":"u:2","content":"<p>see this</p>","account":{"acct":"a"},
        "quote":{"state":"accepted","quoted_status":{"content":"<p>one<br>two</p>","account":{"acct":"b"}}},
        "poll":{"options":[{"title":"yes"},{"title":"no"}]}})");
    QCOMPARE(messageFrom(status, brandsView()).text,
             QStringLiteral("see this\n\n> @b@gts.test:\n> one\n> two\n\n- yes\n- no"));
}

void MastodonJsonTest::strangeValuesDoNoHarm()
{
    const QJsonObject status = parse(R"({"id":17,"uri":["x"],"content":{"a":1},"account":"nobody","mentions":{},
        "media_attachments":[null,3],"created_at":"yesterday","visibility":7,"poll":"x","quote":[1]})");
    const RemoteMessage message = messageFrom(status, brandsView());
    QVERIFY(message.uri.isEmpty());
    QVERIFY(message.text.isEmpty());
    QVERIFY(!isKnown(message.sentAt));
    // What is not known to be public is never answered in public.
    QCOMPARE(message.visibility, Visibility::followers);
    const RemoteMessage unclosed = messageFrom(parse(R"({"uri":"u","content":"a <a class=mention <b"})"), brandsView());
    QCOMPARE(unclosed.uri, QStringLiteral("u"));
}

void MastodonJsonTest::knowsWhatIsForUs()
{
    MastodonView view = brandsView();
    QVERIFY(isForChannel(parse(R"({"mentions":[{"id":"x","acct":"brand"}]})"), view));
    QVERIFY(isForChannel(parse(R"({"in_reply_to_account_id":"01B"})"), view));
    QVERIFY(!isForChannel(parse(R"({"content":"<p>brandy is nice</p>"})"), view));
    QVERIFY(
        !isForChannel(parse(R"({"mentions":[{"id":"y","acct":"brand@elsewhere.example"}],"content":"@brand"})"), view));
    // snac names nobody in the list.
    QVERIFY(isForChannel(parse(R"({"mentions":[],"content":"<p>@brand help</p>"})"), view));

    view.kind = Kind::search;
    view.words = QStringLiteral("Acme drill");
    QVERIFY(isForChannel(parse(R"({"content":"<p>my DRILL by acme, broke</p>"})"), view));
    QVERIFY(!isForChannel(parse(R"({"content":"<p>drilling with acme</p>"})"), view));
    view.kind = Kind::tag;
    view.words = QStringLiteral("BrandHelp");
    QVERIFY(isForChannel(parse(R"({"tags":[{"name":"brandhelp"}]})"), view));
    QVERIFY(!isForChannel(parse(R"({"tags":[{"name":"brand"}]})"), view));
}

void MastodonJsonTest::threadIsPlacedFromContext()
{
    const QJsonObject context = parse(R"({
        "ancestors":[{"id":"1","uri":"u:1","account":{"id":"o","acct":"o"}},
                     {"id":"2","uri":"u:2","in_reply_to_id":"1","account":{"id":"01B","acct":"brand"}}],
        "descendants":[{"id":"4","uri":"u:4","in_reply_to_id":"3","account":{"id":"c","acct":"c"}}]})");
    const QJsonObject status = parse(
        R"({"id":"3","uri":"u:3","in_reply_to_id":"2","in_reply_to_account_id":"01B","account":{"id":"c","acct":"c"}})");
    const QList<RemoteMessage> thread = threadFrom(context, status, brandsView());
    QCOMPARE(thread.size(), 4);
    QStringList parents;
    for (const RemoteMessage &message : thread) {
        QCOMPARE(message.threadUri, QStringLiteral("u:1"));
        parents.append(message.parentUri);
    }
    QCOMPARE(parents, QStringList({QString(), QStringLiteral("u:1"), QStringLiteral("u:2"), QStringLiteral("u:3")}));
    QVERIFY(thread.at(0).isContext);
    QVERIFY(thread.at(1).isOurs && !thread.at(1).isContext);
    QVERIFY(!thread.at(2).isContext);
    QVERIFY(thread.at(3).isContext);
}

void MastodonJsonTest::privateTalkHasAThreadOfItsOwn()
{
    const QJsonObject context = parse(R"({"ancestors":[{"id":"1","uri":"u:1","visibility":"public"},
        {"id":"2","uri":"u:2","in_reply_to_id":"1","visibility":"direct"}]})");
    const QJsonObject status = parse(R"({"id":"3","uri":"u:3","in_reply_to_id":"2","visibility":"direct"})");
    const QList<RemoteMessage> thread = threadFrom(context, status, brandsView());
    QCOMPARE(thread.at(0).threadUri, QStringLiteral("u:1"));
    QCOMPARE(thread.at(1).threadUri, QStringLiteral("u:2"));
    QVERIFY(thread.at(1).parentUri.isEmpty());
    QCOMPARE(thread.at(2).threadUri, QStringLiteral("u:2"));
    QCOMPARE(thread.at(2).parentUri, QStringLiteral("u:2"));
}

void MastodonJsonTest::cyclesEnd()
{
    MastodonThreads threads;
    const QJsonObject a = parse(R"({"id":"a","uri":"u:a","in_reply_to_id":"b"})");
    threads.learn(a);
    threads.learn(parse(R"({"id":"b","uri":"u:b","in_reply_to_id":"a"})"));
    RemoteMessage message;
    threads.place(message, a);
    QCOMPARE(message.parentUri, QStringLiteral("u:b"));
}

void MastodonJsonTest::comparesWhatServersChange()
{
    const QString sent = QStringLiteral("@mira@far.example:8080 Thanks, **done**.\n\nSee https://a.example/x");
    const QString html =
        QStringLiteral("<p><a href=\"https://far.example/@mira\" class=\"u-url mention\">@<span>mira</span></a>"
                       " Thanks, done.</p><p>See https://a.example/x</p>");
    QCOMPARE(comparable(plainText(html)), comparable(sent));
    QVERIFY(comparable(QStringLiteral("yes")) != comparable(QStringLiteral("no")));
    QVERIFY(comparable(QStringLiteral("?")) != comparable(QStringLiteral("!")));
}

void MastodonJsonTest::positionsSurvive()
{
    TimelineMark mark;
    mark.ring = {QStringLiteral("2026-11-22T00:46:29.814Z/mention/01a2"), QStringLiteral("7")};
    mark.newest = timeFromMs(1'795'308'488'123);
    mark.replies.insert(QStringLiteral("u:1"), 3);
    mark.hasRest = true;
    QCOMPARE(TimelineMark::from(mark.toString()), mark);
    QCOMPARE(TimelineMark::from(QStringLiteral("rubbish")), TimelineMark());
    TimelineWalk walk;
    walk.next = "/api/v1/notifications?older_than=2026-11-22+00%3A46%2B00";
    walk.ring = mark.ring;
    walk.newest = mark.newest;
    walk.pages = 4;
    walk.hasLinks = true;
    QCOMPARE(TimelineWalk::from(walk.toString()), walk);
    QCOMPARE(TimelineWalk::from(QString()), TimelineWalk());
}

void MastodonJsonTest::addresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("base");
    const auto row = [](const char *text, const char *address, const char *base) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(address) << QString::fromUtf8(base);
    };
    row("@brand@social.example", "@brand@social.example", "https://social.example");
    row(" brand@Social.Example ", "@brand@social.example", "https://social.example");
    row("@brand@127.0.0.1:8080", "@brand@127.0.0.1:8080", "http://127.0.0.1:8080");
    row("@brand@social.example:8443", "@brand@social.example:8443", "https://social.example:8443");
    row("https://social.example/@brand", "@brand@social.example", "https://social.example");
    row("social.example/@brand/", "@brand@social.example", "https://social.example");
    row("https://social.example/@brand@far.example", "@brand@far.example", "https://far.example");
    row("https://social.example/users/brand", "@brand@social.example", "https://social.example");
    row("https://social.example/@brand/113456789012345678", "social.example", "https://social.example");
    row("#brandhelp@social.example", "#brandhelp@social.example", "https://social.example");
    row("#größe@social.example", "#größe@social.example", "https://social.example");
    row("https://social.example/tags/brandhelp", "#brandhelp@social.example", "https://social.example");
    row("search:acme drill@social.example", "search:acme drill@social.example", "https://social.example");
    row("social.example", "social.example", "https://social.example");
    row("localhost:3000", "localhost:3000", "http://localhost:3000");
    for (const char *nonsense :
         {"", "@", "@brand", "hello", "@brand@", "#@social.example", "ftp://social.example/@brand",
          "https://blog.example/2026/post", "@br and@social.example", "search:@social.example", "@a@b@c/d", "@x@[::1"})
        row(nonsense, "", "");
}

void MastodonJsonTest::addresses()
{
    QFETCH(QString, text);
    QFETCH(QString, address);
    QFETCH(QString, base);
    const auto parsed = parseMastodonAddress(text);
    QCOMPARE(parsed ? parsed->toString() : QString(), address);
    QCOMPARE(parsed ? parsed->baseUrl().toString() : QString(), base);
}

void MastodonJsonTest::serverFacts()
{
    const MastodonServer real =
        serverFrom(parse(R"({"domain":"social.example","version":"4.5.0","api_versions":{"mastodon":7},
        "configuration":{"statuses":{"max_characters":700,"characters_reserved_per_url":30,"max_media_attachments":6},
        "urls":{"streaming":"wss://stream.social.example"}}})"));
    QCOMPARE(real.capabilities.maxLength, 700);
    QCOMPARE(real.capabilities.perUrl, 30);
    QCOMPARE(real.capabilities.maxMedia, 6);
    QCOMPARE(real.capabilities.keyLifetime, Duration(std::chrono::hours(1)));
    QCOMPARE(real.capabilities.countRule, CountRule::mastodon);
    const MastodonServer other =
        serverFrom(parse(R"json({"uri":"https://snac.test","version":"4.0.0 (not true; really snac/2.94)"})json"));
    QCOMPARE(other.domain, QStringLiteral("snac.test"));
    QCOMPARE(other.capabilities.maxLength, 500);
    QCOMPARE(other.capabilities.keyLifetime, Duration(0));
    QVERIFY(other.isKnown);
    QVERIFY(!serverFrom({}).isKnown);
}

void MastodonJsonTest::streamAddress()
{
    const auto address = [](const char *base, const char *told) {
        return MastodonStream::addressFor(QUrl(QString::fromLatin1(base)), QUrl(QString::fromLatin1(told))).toString();
    };
    QCOMPARE(address("https://social.example", "wss://stream.social.example"),
             QStringLiteral("wss://stream.social.example/api/v1/streaming?stream=user"));
    QCOMPARE(address("http://127.0.0.1:8080", "wss://gts.test"),
             QStringLiteral("ws://127.0.0.1:8080/api/v1/streaming?stream=user"));
    QCOMPARE(address("https://social.example", ""),
             QStringLiteral("wss://social.example/api/v1/streaming?stream=user"));
}

QTEST_APPLESS_MAIN(MastodonJsonTest)
#include "tst_mastodonjson.moc"
