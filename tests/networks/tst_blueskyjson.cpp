// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyaddress.h"
#include "networks/blueskyjson.h"
#include "networks/blueskytext.h"

#include <QJsonDocument>
#include <QTest>

using namespace Earshot;

class BlueskyJsonTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressesAreUnderstood_data();
    void addressesAreUnderstood();
    void facetsAreFound_data();
    void facetsAreFound();
    void linksAreShown_data();
    void linksAreShown();
    void embedsBecomeTextAndMedia();
    void quotedEmbedsAreShown();
    void quotesAreBorne_data();
    void quotesAreBorne();
    void labelsAreWarnings();
    void timesAreNotAhead();
    void hostilePostsAreBorne_data();
    void hostilePostsAreBorne();

private:
    static QJsonObject post(const QString &text, const QJsonObject &record = {});
    static QJsonObject json(const char *text) { return QJsonDocument::fromJson(text).object(); }
};

QJsonObject BlueskyJsonTest::post(const QString &text, const QJsonObject &record)
{
    QJsonObject value = record;
    value.insert(QStringLiteral("text"), text);
    value.insert(QStringLiteral("createdAt"), QStringLiteral("2026-11-22T00:32:08.687Z"));
    QJsonObject author = json(R"({"did":"did:plc:customer","handle":"mira.test","displayName":"Mira"})");
    return {{QStringLiteral("uri"), QStringLiteral("at://did:plc:customer/app.bsky.feed.post/3n2uehs7dcc27")},
            {QStringLiteral("cid"), QStringLiteral("bafyreig")},
            {QStringLiteral("author"), author},
            {QStringLiteral("indexedAt"), QStringLiteral("2026-11-22T00:32:09.000Z")},
            {QStringLiteral("record"), value}};
}

void BlueskyJsonTest::addressesAreUnderstood_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("stored"); ///< empty: none
    QTest::newRow("handle") << QStringLiteral("@Mira.bsky.social") << QStringLiteral("@mira.bsky.social");
    QTest::newRow("bare handle") << QStringLiteral(" mira.bsky.social ") << QStringLiteral("@mira.bsky.social");
    QTest::newRow("did") << QStringLiteral("did:plc:abc234") << QStringLiteral("did:plc:abc234");
    QTest::newRow("profile") << QStringLiteral("https://bsky.app/profile/mira.bsky.social")
                             << QStringLiteral("@mira.bsky.social");
    QTest::newRow("profile without scheme")
        << QStringLiteral("bsky.app/profile/did:plc:abc234") << QStringLiteral("did:plc:abc234");
    QTest::newRow("post") << QStringLiteral("https://bsky.app/profile/mira.bsky.social/post/3n2uehs7dcc27?x=1")
                          << QStringLiteral("https://bsky.app/profile/mira.bsky.social/post/3n2uehs7dcc27");
    QTest::newRow("at post") << QStringLiteral("at://did:plc:abc234/app.bsky.feed.post/3n2uehs7dcc27")
                             << QStringLiteral("https://bsky.app/profile/did:plc:abc234/post/3n2uehs7dcc27");
    QTest::newRow("at repo") << QStringLiteral("at://mira.bsky.social") << QStringLiteral("@mira.bsky.social");
    QTest::newRow("tag") << QStringLiteral("https://bsky.app/hashtag/Lampe")
                         << QStringLiteral("https://bsky.app/hashtag/Lampe");
    QTest::newRow("search") << QStringLiteral("https://bsky.app/search?q=blue+lamp")
                            << QStringLiteral("https://bsky.app/search?q=blue%20lamp");
    QTest::newRow("own server") << QStringLiteral("http://127.0.0.1:2583/profile/brand.test")
                                << QStringLiteral("http://127.0.0.1:2583/profile/brand.test");
    QTest::newRow("never in the clear") << QStringLiteral("http://pds.example/profile/brand.test")
                                        << QStringLiteral("https://pds.example/profile/brand.test");
    QTest::newRow("name of numbers") << QStringLiteral("http://127.shop.example/profile/brand.test")
                                     << QStringLiteral("https://127.shop.example/profile/brand.test");
    QTest::newRow("name of numbers, no scheme") << QStringLiteral("127.0.0.1.shop.example/profile/brand.test")
                                                << QStringLiteral("https://127.0.0.1.shop.example/profile/brand.test");
    QTest::newRow("own server, IPv6") << QStringLiteral("http://[::1]:2583/profile/brand.test")
                                      << QStringLiteral("http://[::1]:2583/profile/brand.test");
    QTest::newRow("server") << QStringLiteral("https://pds.example/") << QStringLiteral("https://pds.example/");
    QTest::newRow("mastodon") << QStringLiteral("@mira@social.example") << QString();
    QTest::newRow("name") << QStringLiteral("@mira") << QString();
    QTest::newRow("words") << QStringLiteral("blue lamp") << QString();
    QTest::newRow("page") << QStringLiteral("https://bsky.app/about") << QString();
    QTest::newRow("blog page") << QStringLiteral("https://blog.example/2026/lamps") << QString();
    QTest::newRow("odd handle") << QStringLiteral("https://bsky.app/profile/mira..test") << QString();
    QTest::newRow("ftp") << QStringLiteral("ftp://mira.test") << QString();
}

void BlueskyJsonTest::addressesAreUnderstood()
{
    QFETCH(const QString, text);
    QFETCH(const QString, stored);
    const auto address = parseBlueskyAddress(text);
    QCOMPARE(address ? address->toString() : QString(), stored);
    // What is stored is understood the same way again.
    if (address)
        QCOMPARE(parseBlueskyAddress(stored), address);
}

void BlueskyJsonTest::facetsAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found"); ///< "start-end kind value"
    const auto row = [](const char *name, const char *text, const QStringList &found) {
        QTest::newRow(name) << QString::fromUtf8(text) << found;
    };
    row("none", "Hello, world.", {});
    row("mention", "@mira.test hi", {QStringLiteral("0-10 @ mira.test")});
    row("bytes", "👋 @brand.test", {QStringLiteral("5-16 @ brand.test")});
    row("mention at the end", "(see @Mira.test).", {QStringLiteral("5-15 @ mira.test")});
    row("mail address", "write to mira@mail.test", {});
    row("no host", "@mira hi", {});
    row("link", "look: https://a.example/x?y=1#z.", {QStringLiteral("6-31 l https://a.example/x?y=1#z")});
    row("brackets", "(https://a.example/x)", {QStringLiteral("1-20 l https://a.example/x")});
    row("dots", "https://acme.com...", {QStringLiteral("0-16 l https://acme.com")});
    row("port", "acme.com:8080 acme.com#x",
        {QStringLiteral("0-13 l https://acme.com:8080"), QStringLiteral("14-24 l https://acme.com#x")});
    row("any domain", "acme.photography acme.notatld", {QStringLiteral("0-16 l https://acme.photography")});
    row("cashtag", "($aapl)", {QStringLiteral("1-6 # $AAPL")});
    row("wiki", "https://a.example/x_(y)", {QStringLiteral("0-23 l https://a.example/x_(y)")});
    row("bare", "on acme.com, now", {QStringLiteral("3-11 l https://acme.com")});
    row("bare path", "acme.de/ü?x", {QStringLiteral("0-12 l https://acme.de/ü?x")});
    row("file", "see file.txt and e.g. this", {});
    row("mail is no link", "me@acme.com", {});
    row("script", "javascript:alert(1) data:text/html,x", {});
    row("tag", "#Größe now", {QStringLiteral("0-8 # Größe")});
    row("tag and sign", "is it #blue?!", {QStringLiteral("6-11 # blue")});
    row("number", "order #1234 please", {});
    row("number and letters", "order #1234a please", {QStringLiteral("6-12 # 1234a")});
    row("inner", "a#b c", {});
    row("wide sign", "＃lamp", {QStringLiteral("0-7 # lamp")});
    row("long tag", QByteArray("#" + QByteArray(65, 'x')).constData(), {});
    row("all", "@a.test https://b.example #c",
        {QStringLiteral("0-7 @ a.test"), QStringLiteral("8-25 l https://b.example"), QStringLiteral("26-28 # c")});
    row("tag in a link", "https://b.example/#c", {QStringLiteral("0-20 l https://b.example/#c")});
}

void BlueskyJsonTest::facetsAreFound()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, found);
    QStringList told;
    const QList<TextFacet> facets = findFacets(text);
    for (const TextFacet &facet : facets) {
        const char kind =
            facet.kind == TextFacet::Kind::mention ? '@' : (facet.kind == TextFacet::Kind::link ? 'l' : '#');
        told.append(
            QStringLiteral("%1-%2 %3 %4").arg(facet.start).arg(facet.end).arg(QLatin1Char(kind)).arg(facet.value));
    }
    QCOMPARE(told, found);
}

void BlueskyJsonTest::linksAreShown_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("facets");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const char *text, const char *facets, const char *shown) {
        QTest::newRow(name) << QString::fromUtf8(text) << QByteArray(facets) << QString::fromUtf8(shown);
    };
    row("short link", "see example.com/abc... now",
        R"([{"index":{"byteStart":4,"byteEnd":22},"features":[{"uri":"https://example.com/abcdef"}]}])",
        "see https://example.com/abcdef now");
    row("hidden link", "👋 press here",
        R"([{"index":{"byteStart":5,"byteEnd":15},"features":[{"uri":"https://example.com/x"}]}])",
        "👋 press here (https://example.com/x)");
    row("mention", "@brand.test hi", R"([{"index":{"byteStart":0,"byteEnd":11},"features":[{"did":"did:plc:brand"}]}])",
        "@brand.test hi");
    row("beyond the text", "here",
        R"([{"index":{"byteStart":0,"byteEnd":99},"features":[{"uri":"https://example.com"}]}])", "here");
    row("backwards", "here", R"([{"index":{"byteStart":3,"byteEnd":1},"features":[{"uri":"https://example.com"}]}])",
        "here");
    row("negative", "here", R"([{"index":{"byteStart":-1,"byteEnd":2},"features":[{"uri":"https://example.com"}]}])",
        "here");
    row("inside a character", "👋 hi",
        R"([{"index":{"byteStart":1,"byteEnd":3},"features":[{"uri":"https://example.com"}]}])", "👋 hi");
    row("overlapping", "one two",
        R"([{"index":{"byteStart":0,"byteEnd":7},"features":[{"uri":"https://a.example"}]},)"
        R"({"index":{"byteStart":4,"byteEnd":7},"features":[{"uri":"https://b.example"}]}])",
        "one two (https://a.example)");
    row("out of order", "one two",
        R"([{"index":{"byteStart":4,"byteEnd":7},"features":[{"uri":"https://b.example"}]},)"
        R"({"index":{"byteStart":0,"byteEnd":3},"features":[{"uri":"https://a.example"}]}])",
        "one (https://a.example) two (https://b.example)");
    row("no web", "here", R"([{"index":{"byteStart":0,"byteEnd":4},"features":[{"uri":"mailto:a@b.example"}]}])",
        "here");
    row("nonsense", "here", R"([5,{"index":7},{"features":{}},{"index":{"byteStart":"x"}}])", "here");
}

void BlueskyJsonTest::linksAreShown()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, facets);
    QFETCH(const QString, shown);
    const QJsonArray list = QJsonDocument::fromJson(facets).array();
    QVERIFY(!list.isEmpty());
    QCOMPARE(messageFrom(post(text, {{QStringLiteral("facets"), list}}), {}).text, shown);
}

void BlueskyJsonTest::embedsBecomeTextAndMedia()
{
    QJsonObject shown = post(QStringLiteral("look"));
    shown.insert(QStringLiteral("embed"), json(R"({"$type":"app.bsky.embed.recordWithMedia#view",
        "media":{"$type":"app.bsky.embed.images#view","images":[
            {"alt":"a lamp","thumb":"https://cdn.example/t","fullsize":"https://cdn.example/f",
             "aspectRatio":{"width":64,"height":48}},
            {"alt":"","thumb":"file:///etc/passwd","fullsize":"https://cdn.example/g"}]},
        "record":{"record":{"$type":"app.bsky.embed.record#viewRecord","uri":"at://did:plc:b/app.bsky.feed.post/3n2uehs7dcc27",
            "author":{"did":"did:plc:b","handle":"brand.test"},"value":{"text":"on\nsale"}}}})"));
    RemoteMessage message = messageFrom(shown, {});
    QCOMPARE(message.text, QStringLiteral("look\n\n> @brand.test:\n> on\n> sale"));
    QCOMPARE(message.media.size(), 2);
    const RemoteMedia lamp{QStringLiteral("https://cdn.example/f"),
                           QStringLiteral("https://cdn.example/t"),
                           QStringLiteral("image"),
                           QStringLiteral("a lamp"),
                           64,
                           48};
    QCOMPARE(message.media.first(), lamp);
    QCOMPARE(message.media.last().previewUrl, QString());

    shown.insert(QStringLiteral("embed"), json(R"({"$type":"app.bsky.embed.video#view","alt":"a cat",
        "playlist":"https://video.example/p.m3u8","thumbnail":"https://video.example/t.jpg"})"));
    message = messageFrom(shown, {});
    QCOMPARE(message.media.first().type, QStringLiteral("video"));
    QCOMPARE(message.media.first().description, QStringLiteral("a cat"));

    shown.insert(QStringLiteral("embed"), json(R"({"$type":"app.bsky.embed.external#view","external":
        {"uri":"https://news.example/1","title":"News","description":"Of lamps"}})"));
    QCOMPARE(messageFrom(shown, {}).text, QStringLiteral("look\n\nNews\nOf lamps\nhttps://news.example/1"));
}

void BlueskyJsonTest::quotedEmbedsAreShown()
{
    QJsonObject shown = post(QStringLiteral("is this yours?"));
    shown.insert(QStringLiteral("embed"), json(R"({"$type":"app.bsky.embed.record#view",
        "record":{"$type":"app.bsky.embed.record#viewRecord","uri":"at://did:plc:b/app.bsky.feed.post/3n2uehs7dcc27",
            "author":{"did":"did:plc:b","handle":"brand.test"},"value":{"text":"on sale"},
            "embeds":[{"$type":"app.bsky.embed.recordWithMedia#view",
                "media":{"$type":"app.bsky.embed.images#view","images":[
                    {"alt":"a blue lamp","thumb":"https://cdn.example/t","fullsize":"https://cdn.example/f"}]},
                "record":{"record":{"$type":"app.bsky.embed.record#viewRecord",
                    "uri":"at://did:plc:c/app.bsky.feed.post/3n2uehs7dcc27",
                    "author":{"did":"did:plc:c","handle":"jo.test"},"value":{"text":"lamps?"}}}},
                {"$type":"app.bsky.embed.external#view","external":{"uri":"https://news.example/1","title":"News"}}]}})"));
    const RemoteMessage message = messageFrom(shown, {});
    QCOMPARE(message.text, QStringLiteral("is this yours?\n\n> @brand.test:\n> on sale\n> > @jo.test:\n> > lamps?\n"
                                          "> News\n> https://news.example/1"));
    QCOMPARE(message.media.size(), 1);
    QCOMPARE(message.media.first().description, QStringLiteral("a blue lamp"));
    QCOMPARE(message.media.first().url, QStringLiteral("https://cdn.example/f"));
}

void BlueskyJsonTest::quotesAreBorne_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QString>("shown");
    QTest::newRow("deleted") << QByteArray(R"({"$type":"app.bsky.embed.record#viewNotFound","notFound":true,
        "uri":"at://did:plc:b/app.bsky.feed.post/3n2uehs7dcc27"})")
                             << QStringLiteral("> https://bsky.app/profile/did:plc:b/post/3n2uehs7dcc27");
    QTest::newRow("blocked") << QByteArray(R"({"$type":"app.bsky.embed.record#viewBlocked","blocked":true,
        "uri":"at://did:plc:b/app.bsky.feed.post/3n2uehs7dcc27"})")
                             << QStringLiteral("> https://bsky.app/profile/did:plc:b/post/3n2uehs7dcc27");
    QTest::newRow("feed") << QByteArray(R"({"$type":"app.bsky.feed.defs#generatorView","displayName":"Lamps",
        "uri":"at://did:plc:b/app.bsky.feed.generator/lamps"})")
                          << QStringLiteral("> Lamps");
    QTest::newRow("nothing") << QByteArray("{}") << QString();
}

void BlueskyJsonTest::quotesAreBorne()
{
    QFETCH(const QByteArray, record);
    QFETCH(const QString, shown);
    QJsonObject quoting = post(QString());
    quoting.insert(QStringLiteral("embed"),
                   QJsonObject{{QStringLiteral("$type"), QStringLiteral("app.bsky.embed.record#view")},
                               {QStringLiteral("record"), QJsonDocument::fromJson(record).object()}});
    QCOMPARE(messageFrom(quoting, {}).text, shown);
}

void BlueskyJsonTest::labelsAreWarnings()
{
    QJsonObject labelled =
        post(QStringLiteral("look"), json(R"({"labels":{"values":[{"val":"graphic-media"}]},"langs":["de","en"]})"));
    labelled.insert(
        QStringLiteral("labels"),
        QJsonDocument::fromJson(R"([{"val":"spam"},{"val":"!hide"},{"val":"porn","neg":true},{"val":"spam"}])")
            .array());
    const RemoteMessage message = messageFrom(labelled, {});
    QCOMPARE(message.contentWarning, QStringLiteral("spam, graphic-media"));
    QCOMPARE(message.language, QStringLiteral("de"));
}

void BlueskyJsonTest::timesAreNotAhead()
{
    QJsonObject shown = post(QStringLiteral("look"));
    QCOMPARE(toIso(messageFrom(shown, {}).sentAt), QStringLiteral("2026-11-22T00:32:08.687Z"));
    shown.insert(QStringLiteral("indexedAt"), QStringLiteral("2026-11-21T00:00:00.000Z"));
    QCOMPARE(toIso(messageFrom(shown, {}).sentAt), QStringLiteral("2026-11-21T00:00:00.000Z"));
}

void BlueskyJsonTest::hostilePostsAreBorne_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray("{}");
    QTest::newRow("no uri") << QByteArray(R"({"cid":"bafyreig","record":{"text":"x"}})");
    QTest::newRow("odd uri") << QByteArray(R"({"uri":"https://x.example/1","cid":"bafyreig","record":{"text":"x"}})");
    QTest::newRow("odd cid") << QByteArray(
        R"({"uri":"at://did:plc:b/app.bsky.feed.post/3n2","cid":"a b","record":{}})");
}

void BlueskyJsonTest::hostilePostsAreBorne()
{
    QFETCH(const QByteArray, text);
    QVERIFY(messageFrom(QJsonDocument::fromJson(text).object(), {}).uri.isEmpty());
}

QTEST_GUILESS_MAIN(BlueskyJsonTest)
#include "tst_blueskyjson.moc"
