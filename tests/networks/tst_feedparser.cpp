// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feeddates.h"
#include "networks/feedencoding.h"
#include "networks/feedparser.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <zlib.h>

#include <algorithm>

using namespace Earshot;
using namespace Qt::StringLiterals;

class FeedParserTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryFormat_data();
    void readsEveryFormat();
    void readsPlainRss();
    void readsRssWithModules();
    void readsRdf();
    void readsAtom();
    void readsJson();
    void readsRatings_data();
    void readsRatings();
    void readsReferences();
    void readsDates_data();
    void readsDates();
    void readsEncodings_data();
    void readsEncodings();
    void repeatedIdsAreToldApart();
    void hashFollowsContentOnly();
    void truncatedKeepsWhatIsWhole();
    void brokenItemIsReadOnItsOwn();
    void manyBrokenItemsAreReadOnTheirOwn();
    void namesInAnyCase_data();
    void namesInAnyCase();
    void compressionNeedsNoTelling_data();
    void compressionNeedsNoTelling();
    void compressedBombIsRefused();
    void otherThingsAreNamed_data();
    void otherThingsAreNamed();
    void entitiesAreNotExpanded();
    void hostileContentIsHarmless();
    void deepNestingEnds();
    void fiveThousandItemsAreRead();
    void everyPrefixIsSurvived();
};

static Result<Feed> parsed(const QByteArray &body, const QByteArray &type = "application/xml")
{
    return parseFeed(body, type, QUrl(u"https://site.example/feed"_s));
}

static QByteArray fileContent(const QString &name)
{
    QFile file(QStringLiteral(EARSHOT_SOURCE_DIR "/tests/networks/data/feeds/") + name);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return file.readAll();
}

static Feed feedFile(const QString &name)
{
    return parsed(fileContent(name)).value_or(Feed());
}

static QByteArray rss(const QByteArray &inside)
{
    return "<rss version='2.0'><channel><title>T</title>" + inside + "</channel></rss>";
}

void FeedParserTest::readsEveryFormat_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("firstId");
    QTest::addColumn<QString>("firstTitle");
    QTest::newRow("rss090-a.rdf") << u"RSS 1.0"_s << u"Harbour Notices"_s << u"http://harbour.example/1.html"_s
                                  << u"Ferry late & full"_s;
    QTest::newRow("rss090-b.rdf") << u"RSS 1.0"_s << u"Old News"_s << u"/stories/cafe.html"_s
                                  << u"Café opens at noon"_s;
    QTest::newRow("rss091-a.xml") << u"RSS 0.91"_s << u"Gardeners’ Letters"_s
                                  << u"http://garden.example/letters?id=7&page=2"_s << u"Slugs again"_s;
    QTest::newRow("rss091-b.xml") << u"RSS 0.91"_s << u"Tante Grün"_s << u"http://gruen.example/1"_s
                                  << u"„Große“ Preise – 5 €"_s;
    QTest::newRow("rss092-a.xml") << u"RSS 0.92"_s << u"Mixtape diary"_s << QString() << QString();
    QTest::newRow("rss092-b.xml") << u"RSS 0.92"_s << u"Broken Script Daily"_s << QString() << u"Still readable"_s;
    QTest::newRow("rss10-a.rdf") << u"RSS 1.0"_s << u"Board"_s << u"http://board.example/t/1"_s << u"Lieferung fehlt"_s;
    QTest::newRow("rss10-b.rdf") << u"RSS 1.0"_s << u"Kettle reviews"_s << u"urn:review:1"_s << u"Leaks"_s;
    QTest::newRow("rss20-a.xml") << u"RSS 2.0"_s << u"Bread & Butter"_s << u"https://bread.example/?p=12"_s
                                 << u"Summer loaf…"_s;
    QTest::newRow("rss20-b.xml") << u"RSS 2.0"_s << u"Forum der Sternfreunde"_s
                                 << u"https://sterne.example/forum/9#p31"_s << u"Re: Fernrohr beschlägt"_s;
    QTest::newRow("atom03-a.xml") << u"Atom 0.3"_s << u"Slow Trains"_s << u"tag:trains.example,2004:1"_s
                                  << u"Stuck & cold"_s;
    QTest::newRow("atom03-b.xml") << u"Atom 0.3"_s << u"Knots"_s << u"http://knots.example/bowline"_s << u"Bowline"_s;
    QTest::newRow("atom10-a.xml") << u"Atom 1.0"_s << u"Lake — notes"_s << u"urn:lake:1"_s << u"Water < Ice"_s;
    QTest::newRow("atom10-b.xml") << u"Atom 1.0"_s << u"Customer Reviews"_s << u"10842"_s << u"Crashes"_s;
    QTest::newRow("json10-a.json") << u"JSON Feed 1"_s << u"Micro"_s << u"2"_s << QString();
    QTest::newRow("json10-b.json") << u"JSON Feed 1"_s << u"Mit Marke"_s << u"a"_s << u"Ärger"_s;
    QTest::newRow("json11-a.json") << u"JSON Feed 1.1"_s << u"Trail reports"_s << u"r1"_s << u"Bridge out"_s;
    QTest::newRow("json11-b.json") << u"JSON Feed 1.1"_s << QString() << u"https://odd.example/1"_s << QString();
}

void FeedParserTest::readsEveryFormat()
{
    QFETCH(const QString, format);
    QFETCH(const QString, title);
    QFETCH(const QString, firstId);
    QFETCH(const QString, firstTitle);
    const Result<Feed> feed = parsed(fileContent(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY2(feed.has_value(), feed ? "" : qPrintable(feed.error().detail));
    QCOMPARE(feed->format, format);
    QCOMPARE(feed->title, title);
    QVERIFY(!feed->isTruncated);
    QCOMPARE(feed->items.size(), QByteArray(QTest::currentDataTag()) == "json10-b.json" ? 1 : 2);
    if (!firstId.isEmpty())
        QCOMPARE(feed->items.first().id, firstId);
    QCOMPARE(feed->items.first().title, firstTitle);
    for (const FeedItem &item : feed->items) {
        QVERIFY(!item.id.isEmpty());
        QVERIFY(!item.hash.isEmpty());
        QVERIFY(item.author.id.isEmpty());
    }
}

void FeedParserTest::readsPlainRss()
{
    const Feed garden = feedFile(u"rss091-a.xml"_s);
    QCOMPARE(garden.language, u"en-us"_s);
    QCOMPARE(garden.skipHours, (QSet<int>{0, 1, 2}));
    QCOMPARE(garden.items.at(0).text, u"They ate the lettuce twice this week."_s);
    QCOMPARE(garden.items.at(1).text, u"Less rain, please: 3 < 4."_s);
    QCOMPARE(garden.items.at(1).title, u"Rain < sun"_s);

    QCOMPARE(feedFile(u"rss090-b.rdf"_s).items.at(0).url, u"https://site.example/stories/cafe.html"_s);
    QCOMPARE(feedFile(u"rss091-b.xml"_s).items.at(0).text, u"Käse für alle"_s);

    const Feed mixtape = feedFile(u"rss092-a.xml"_s);
    QVERIFY(mixtape.items.at(0).text.contains(u"Blue Train"_s));
    QCOMPARE(mixtape.items.at(0).media.size(), 1);
    QCOMPARE(mixtape.items.at(0).media.first().type, u"audio/mpeg"_s);
    QVERIFY(mixtape.items.at(0).id != mixtape.items.at(1).id);

    const Feed script = feedFile(u"rss092-b.xml"_s);
    QCOMPARE(script.items.at(0).text, u"After a warning of the script & more."_s);
    QCOMPARE(script.items.at(1).title, u"Tom & Jerry"_s);
    QCOMPARE(script.items.at(1).text, u"Cat & mouse"_s);
}

void FeedParserTest::readsRssWithModules()
{
    const Feed bread = feedFile(u"rss20-a.xml"_s);
    QCOMPARE(bread.homeUrl, u"https://bread.example"_s);
    QCOMPARE(bread.ttl, Duration(std::chrono::hours(1)));
    const FeedItem loaf = bread.items.at(0);
    QVERIFY(loaf.text.startsWith(u"A light loaf with seeds."_s));
    QVERIFY(loaf.text.endsWith(u"Come & taste it."_s));
    QVERIFY(!loaf.text.contains(u"alert"_s));
    QVERIFY(!loaf.text.contains(u"tracker"_s));
    QCOMPARE(loaf.author.name, u"Olive"_s);
    QCOMPARE(loaf.author.avatarUrl, u"https://secure.gravatar.com/avatar/abc"_s);
    QCOMPARE(loaf.commentFeed, QUrl(u"https://bread.example/summer-loaf/feed/"_s));
    QCOMPARE(loaf.commentCount, 12);
    QCOMPARE(loaf.media.size(), 1);
    QCOMPARE(loaf.media.first().description, u"The loaf"_s);
    QCOMPARE(loaf.language, u"en-GB"_s);
    const FeedItem fishing = bread.items.at(1);
    QCOMPARE(fishing.text, u"Closed until Friday."_s);
    QCOMPARE(toIso(fishing.publishedAt), u"2024-07-01T23:00:00.000Z"_s);

    const Feed stars = feedFile(u"rss20-b.xml"_s);
    QCOMPARE(stars.items.at(0).text, u"Bei mir auch.\nGrüße"_s);
    QCOMPARE(stars.items.at(0).author.handle, u"anna@sterne.example"_s);
    QCOMPARE(toIso(stars.items.at(0).publishedAt), u"2024-03-06T19:15:30.000Z"_s);
    QCOMPARE(stars.items.at(0).answers.size(), 2);
    QCOMPARE(stars.items.at(1).author.name, u"Bert"_s);
    QCOMPARE(stars.items.at(1).author.handle, QString());
    QCOMPARE(stars.items.at(1).text, u"Was tun?\n\nEs ist kalt & feucht."_s);
    QCOMPARE(stars.items.at(1).url, u"https://sterne.example/forum/9"_s);
}

void FeedParserTest::readsRdf()
{
    const Feed board = feedFile(u"rss10-a.rdf"_s);
    QCOMPARE(board.ttl, Duration(std::chrono::hours(6)));
    QCOMPARE(board.items.at(0).url, u"http://board.example/t/1?s=abc"_s);
    QCOMPARE(board.items.at(0).text, u"Seit drei Wochen nichts.\n\nWo bleibt es?"_s);
    QCOMPARE(toIso(board.items.at(0).publishedAt), u"2024-03-05T07:15:00.000Z"_s);
    QCOMPARE(board.items.at(0).commentCount, 4);
    QCOMPARE(board.items.at(0).language, u"de-DE"_s);
    QCOMPARE(board.items.at(1).author.name, u"Mira"_s);
}

void FeedParserTest::readsAtom()
{
    const Feed lake = feedFile(u"atom10-a.xml"_s);
    QCOMPARE(lake.next, QUrl(u"https://lake.example/blog/feed.atom?page=2"_s));
    QCOMPARE(lake.homeUrl, u"https://lake.example/blog/"_s);
    const FeedItem one = lake.items.at(0);
    QCOMPARE(one.url, u"https://lake.example/blog/one.html"_s);
    QCOMPARE(one.text, u"It is thin.\n\nKeep off."_s);
    QCOMPARE(one.commentFeed, QUrl(u"https://lake.example/blog/one/replies.atom"_s));
    QCOMPARE(one.commentCount, 3);
    QCOMPARE(one.media.first().url, u"https://lake.example/blog/one.jpg"_s);
    QCOMPARE(one.author.url, u"https://wen.example/"_s);
    QCOMPARE(toIso(one.publishedAt), u"2024-04-01T10:00:00.250Z"_s);
    QCOMPARE(toIso(one.updatedAt), u"2024-04-01T12:00:00.000Z"_s);
    QCOMPARE(lake.items.at(1).text, u"Plain & short"_s);
    QCOMPARE(lake.items.at(1).answers.first().id, u"urn:lake:1"_s);

    const Feed trains = feedFile(u"atom03-a.xml"_s);
    QCOMPARE(trains.items.at(0).text, u"Two hours in a field."_s);
    QCOMPARE(trains.items.at(0).author.handle, u"una@trains.example"_s);
    QCOMPARE(toIso(trains.items.at(0).publishedAt), u"2004-05-01T11:00:00.000Z"_s);
    QCOMPARE(trains.items.at(1).text, u"It rained all day."_s);
    QCOMPARE(feedFile(u"atom03-b.xml"_s).items.at(0).text, u"Make a loop & pass the end."_s);
}

void FeedParserTest::readsJson()
{
    const Feed micro = feedFile(u"json10-a.json"_s);
    QCOMPARE(micro.next, QUrl(u"https://micro.example/feed.json?page=2"_s));
    QCOMPARE(micro.items.at(0).author.name, u"Sam"_s);
    QCOMPARE(micro.items.at(1).media.size(), 1);
    const Feed trail = feedFile(u"json11-a.json"_s);
    QCOMPARE(trail.items.at(0).author.name, u"Lee"_s);
    QCOMPARE(trail.items.at(0).language, u"fr"_s);
    QCOMPARE(trail.items.at(0).rating, std::optional(35));
    QCOMPARE(trail.items.at(1).author.name, u"Rangers"_s);
    QCOMPARE(trail.items.at(1).language, u"en-CA"_s);
    const Feed odd = feedFile(u"json11-b.json"_s);
    QCOMPARE(odd.items.at(0).rating, std::optional(45));
    QCOMPARE(odd.items.at(0).author.name, u"Second"_s);
    QVERIFY(!isKnown(odd.items.at(0).publishedAt));

    QByteArray cut = fileContent(u"json11-a.json"_s);
    cut.truncate(cut.indexOf("All clear"));
    const Result<Feed> rest = parsed(cut, "application/feed+json");
    QVERIFY(rest.has_value());
    QVERIFY(rest->isTruncated);
    QCOMPARE(rest->items.size(), 1);
    QCOMPARE(rest->items.first().id, u"r1"_s);
}

void FeedParserTest::readsRatings_data()
{
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<int>("rating");
    QTest::newRow("app store") << QByteArray("<im:rating>4</im:rating>") << 40;
    QTest::newRow("scale of ten") << QByteArray(
                                         "<review:rating>7</review:rating><review:maxRating>10</review:maxRating>")
                                  << 35;
    QTest::newRow("schema") << QByteArray("<schema:reviewRating><schema:ratingValue>80</schema:ratingValue>"
                                          "<schema:bestRating>100</schema:bestRating></schema:reviewRating>")
                            << 40;
    QTest::newRow("google") << QByteArray("<g:ratings><g:overall min='1' max='5'>3</g:overall></g:ratings>") << 30;
    QTest::newRow("google data") << QByteArray("<gd:rating value='2' min='1' max='5'/>") << 20;
    QTest::newRow("plain with scale") << QByteArray("<rating max='10'>8</rating>") << 40;
    QTest::newRow("comma") << QByteArray("<rating>3,5</rating>") << 35;
    QTest::newRow("hreview") << QByteArray("<description>&lt;p class=\"rating\"&gt;2&lt;/p&gt;</description>") << 20;
    QTest::newRow("stars") << QByteArray("<title>★★☆☆☆ Meh</title>") << 20;
    QTest::newRow("over its scale") << QByteArray("<rating max='5'>8</rating>") << 0;
    QTest::newRow("no number") << QByteArray("<rating>nonadult</rating>") << 0;
    QTest::newRow("zero") << QByteArray("<rating>0</rating>") << 0;
    QTest::newRow("not a number") << QByteArray("<rating>nan</rating>") << 0;
}

void FeedParserTest::readsRatings()
{
    QFETCH(const QByteArray, inside);
    QFETCH(const int, rating);
    const Result<Feed> feed = parsed(rss("<item><guid>1</guid>" + inside + "</item>"));
    QVERIFY(feed.has_value());
    QCOMPARE(feed->items.first().rating.value_or(0), rating);
    const Feed store = feedFile(u"atom10-b.xml"_s);
    QCOMPARE(store.items.at(0).rating, std::optional(10));
    QCOMPARE(store.items.at(0).text, u"Every time I open it."_s);
    QCOMPARE(store.items.at(1).text, u"Does what it says."_s);
    QCOMPARE(feedFile(u"rss10-b.rdf"_s).items.at(1).rating, std::optional(45));
}

void FeedParserTest::readsReferences()
{
    const Result<Feed> feed =
        parsed(rss("<item><title>Comment on Tea by Zoe</title><link>https://b.example/tea/#comment-9</link>"
                   "<guid isPermaLink='false'>https://b.example/?p=1#comment-9</guid><content:encoded><![CDATA["
                   "<p>In reply to <a href=\"https://b.example/tea/#comment-3\">Bob</a>.</p>\n<p>I agree.</p>"
                   "]]></content:encoded></item>"));
    QVERIFY(feed.has_value());
    QCOMPARE(feed->items.first().answers.size(), 1);
    QCOMPARE(feed->items.first().answers.first().page, QUrl(u"https://b.example/tea/#comment-3"_s));
    QCOMPARE(feed->items.first().text, u"I agree."_s);
}

void FeedParserTest::readsDates_data()
{
    QTest::addColumn<QString>("iso");
    const auto row = [](const char *text, const char *iso) { QTest::newRow(text) << QString::fromLatin1(iso); };
    row("Sun, 22 Nov 2026 00:34:40 +0000", "2026-11-22T00:34:40.000Z");
    row("22 Nov 2026 00:34:40 GMT", "2026-11-22T00:34:40.000Z");
    row("Sun, 22 Nov 26 00:34 EST", "2026-11-22T05:34:00.000Z");
    row("Sun 22 Nov 1998 10:00:00 PDT", "1998-11-22T17:00:00.000Z");
    row("Tue, 3 Sept 2024 9:05:00 +0200", "2024-09-03T07:05:00.000Z");
    row("Tuesday, 3 September 2024 09:05:00 GMT+2", "2024-09-03T07:05:00.000Z");
    row("Mon Jan  5 10:00:00 2015", "2015-01-05T10:00:00.000Z");
    row("Mon Jan 05 10:00:00 +0100 2015", "2015-01-05T09:00:00.000Z");
    row("January 5, 2015 3:07 PM", "2015-01-05T15:07:00.000Z");
    row("Mo, 5. Mai 2014 12:00:00 MESZ", "2014-05-05T10:00:00.000Z");
    row("31. Dezember 2019, 23:15 Uhr", "2019-12-31T23:15:00.000Z");
    row("31.12.2019 23:15", "2019-12-31T23:15:00.000Z");
    row("Di, 01 Okt 2019 08:00:00 +02:00", "2019-10-01T06:00:00.000Z");
    row("2024-03-05T08:15:30.5Z", "2024-03-05T08:15:30.500Z");
    row("2024-03-05T08:15:30-0530", "2024-03-05T13:45:30.000Z");
    row("2024-03-05 08:15:30", "2024-03-05T08:15:30.000Z");
    row("2024-03-05 08:15:30 +01", "2024-03-05T07:15:30.000Z");
    row("2024-03-05", "2024-03-05T00:00:00.000Z");
    row("2024-03", "2024-03-01T00:00:00.000Z");
    row("20240305T081530Z", "2024-03-05T08:15:30.000Z");
    row("2024-03-05T24:00:00Z", "2024-03-06T00:00:00.000Z");
    row("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z");
    row("1709626530", "2024-03-05T08:15:30.000Z");
    row("1709626530123", "2024-03-05T08:15:30.123Z");
    row("mar., 24 nov. 2026 10:00:00 +0100", "2026-11-24T09:00:00.000Z");
    row("mar. 24 mars 2026", "2026-03-24T00:00:00.000Z");
    row("24 août 2026 à 10h30", "2026-08-24T10:30:00.000Z");
    row("24 de noviembre de 2026 10:00", "2026-11-24T10:00:00.000Z");
    row("gio, 24 dic 2026 10:00:00 +0100", "2026-12-24T09:00:00.000Z");
    row("24 juillet 2026", "2026-07-24T00:00:00.000Z");
    row("вт, 24 ноя 2026 10:00:00 +0300", "2026-11-24T07:00:00.000Z");
    row("24 мая 2026", "2026-05-24T00:00:00.000Z");
    row("24 listopada 2026", "2026-11-24T00:00:00.000Z");
    row("24. července 2026", "2026-07-24T00:00:00.000Z");
    row("24. června 2026", "2026-06-24T00:00:00.000Z");
    row("24 Kasım 2026 10:00", "2026-11-24T10:00:00.000Z");
    row("24. marraskuuta 2026", "2026-11-24T00:00:00.000Z");
    row("di, 24 mrt 2026", "2026-03-24T00:00:00.000Z");
    row("2026年11月24日 10:00", "2026-11-24T10:00:00.000Z");
    row("2026년 11월 24일", "2026-11-24T00:00:00.000Z");
    row("2026/11/24 10:00:00", "2026-11-24T10:00:00.000Z");
    row("24/11/2026 10:00", "2026-11-24T10:00:00.000Z");
    row("11/24/2026 10:00 AM", "2026-11-24T10:00:00.000Z");
    row("05/06/2026", "");
    row("3 days ago", "");
    row("Thu, 01 Jan 1970 00:00:00 +0000", "");
    row("Mon, 01 Jan 0001 00:00:00 +0000", "");
    row("32 Foo 2024", "");
    row("2024-13-45T99:99:99Z", "");
    row("yesterday", "");
    row("   ", "");
}

void FeedParserTest::readsDates()
{
    QFETCH(const QString, iso);
    QCOMPARE(toIso(feedDate(QString::fromUtf8(QTest::currentDataTag()))), iso);
}

void FeedParserTest::readsEncodings_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("text");
    const QString grown = u"<a>Größe €</a>"_s;
    QTest::newRow("utf-8") << grown.toUtf8() << QByteArray("text/xml") << grown;
    QTest::newRow("utf-8, mark") << "\xEF\xBB\xBF" + grown.toUtf8() << QByteArray() << grown;
    QTest::newRow("utf-8 called latin-1") << grown.toUtf8() << QByteArray("text/xml; charset=ISO-8859-1") << grown;
    QTest::newRow("windows-1252 called utf-8") << QByteArray("<a>Gr\xF6\xDF"
                                                             "e \x80</a>")
                                               << QByteArray("text/xml; charset=utf-8") << grown;
    QTest::newRow("both in one") << QByteArray("<a>Gr\xC3\xB6\xDF"
                                               "e \x80</a>")
                                 << QByteArray() << grown;
    QTest::newRow("cut in a character") << QByteArray("<a>Gr\xC3") << QByteArray() << u"<a>GrÃ"_s;
    QTest::newRow("koi8-r") << QByteArray("<a>\xF0\xF2\xE9</a>") << QByteArray("text/xml; charset=\"koi8-r\"")
                            << u"<a>ПРИ</a>"_s;
    QTest::newRow("iso-8859-15 declared")
        << QByteArray("<?xml version='1.0' encoding='ISO-8859-15'?>\xA4") << QByteArray("text/xml")
        << u"<?xml version='1.0' encoding='ISO-8859-15'?>€"_s;
    QTest::newRow("unknown name") << grown.toUtf8() << QByteArray("text/xml; charset=klingon") << grown;
    QTest::newRow("utf-16, no mark") << QByteArray("<\0a\0>\0\xDF\0", 8) << QByteArray() << u"<a>ß"_s;
    QTest::newRow("utf-16 big, mark") << QByteArray("\xFE\xFF\0<\0a\0>\0\xDF", 10) << QByteArray() << u"<a>ß"_s;
    QTest::newRow("declared utf-16, is not")
        << QByteArray("<?xml encoding='utf-16'?><a/>") << QByteArray() << u"<?xml encoding='utf-16'?><a/>"_s;
}

void FeedParserTest::readsEncodings()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, type);
    QFETCH(const QString, text);
    QCOMPARE(decodeDocument(body, type), text);
}

void FeedParserTest::repeatedIdsAreToldApart()
{
    const Result<Feed> feed = parsed(rss("<item><guid>same</guid><title>One</title></item>"
                                         "<item><guid>same</guid><title>Two</title></item>"
                                         "<item><guid>same</guid><title>One</title></item>"
                                         "<item><title>Two</title></item><item><title>Two</title></item>"));
    QVERIFY(feed.has_value());
    QCOMPARE(feed->items.size(), 3);
    QCOMPARE(feed->items.at(0).id, u"same"_s);
    QVERIFY(feed->items.at(1).id.startsWith(u"same#"_s));
    QVERIFY(feed->items.at(2).id.startsWith(u"item:"_s));
}

void FeedParserTest::hashFollowsContentOnly()
{
    const auto hashOf = [](const QByteArray &inside) {
        return parsed(rss("<item><guid>1</guid>" + inside + "</item>")).value_or(Feed()).items.value(0).hash;
    };
    const QByteArray hash = hashOf("<title>A</title><pubDate>Sun, 22 Nov 2026 00:34:40 GMT</pubDate>");
    QCOMPARE(hashOf("<title> A </title><link>https://x.example/?session=2</link><slash:comments>3</slash:comments>"),
             hash);
    QVERIFY(hashOf("<title>B</title>") != hash);
    QVERIFY(hashOf("<title>A</title><rating>3</rating>") != hash);
}

void FeedParserTest::truncatedKeepsWhatIsWhole()
{
    QByteArray body = fileContent(u"rss20-a.xml"_s);
    body.truncate(body.indexOf("Closed until"));
    const Result<Feed> feed = parsed(body);
    QVERIFY(feed.has_value());
    QVERIFY(feed->isTruncated);
    QVERIFY(feed->trouble.startsWith(u"line "_s));
    QCOMPARE(feed->items.size(), 1);
}

void FeedParserTest::brokenItemIsReadOnItsOwn()
{
    const Result<Feed> feed =
        parsed(rss("\n<item><guid>1</guid></item>\n<item><guid>2</guid><title>Bad</b></title></item>\n"
                   "<item><guid>3</guid><dc:creator>Eve</dc:creator></item>"));
    QVERIFY(feed.has_value());
    QVERIFY(feed->isTruncated);
    QVERIFY2(feed->trouble.startsWith(u"line 3:"_s), qPrintable(feed->trouble));
    QCOMPARE(feed->items.size(), 3);
    QCOMPARE(feed->items.at(1).title, u"Bad"_s);
    QCOMPARE(feed->items.at(2).id, u"3"_s);
    QCOMPARE(feed->items.at(2).author.name, u"Eve"_s);
}

void FeedParserTest::manyBrokenItemsAreReadOnTheirOwn()
{
    QByteArray items;
    for (int i = 0; i < 90; ++i)
        items += "<item><guid>" + QByteArray::number(i) + "</guid><title>T<b></title><description>&#246; ä " +
                 QByteArray(9000, 'x') + "</description></item><x:item xmlns:x='y'><guid>a" + QByteArray::number(i) +
                 "</guid></x:item>";
    const Result<Feed> feed = parsed(rss(items));
    QVERIFY(feed.has_value());
    QVERIFY(feed->isTruncated);
    const auto has = [&feed](const QString &id) {
        return std::any_of(feed->items.cbegin(), feed->items.cend(), [&id](const FeedItem &i) { return i.id == id; });
    };
    for (int i = 0; i < 90; ++i)
        QVERIFY2(has(QString::number(i)), qPrintable(QString::number(i)));
    QVERIFY(feed->items.first().text.startsWith(u"ö ä xx"_s));
}

void FeedParserTest::namesInAnyCase_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray lower =
        "<rss version='2.0' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>T</title><skiphours><hour>3</hour>"
        "</skiphours><item><guid ispermalink='false'>7</guid><title>One</title><link>https://site.example/1</link>"
        "<pubdate>Sun, 22 Nov 2026 00:34:40 GMT</pubdate><dc:creator>Mira</dc:creator><description>Hi</description>"
        "</item></channel></rss>";
    QTest::newRow("lower") << lower;
    static const QRegularExpression tag(u"</?[\\w:]+| [\\w:]+(?==)"_s);
    const QString text = QString::fromLatin1(lower);
    QString shouted;
    QString mixed;
    qsizetype from = 0;
    for (auto it = tag.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const QString between = text.mid(from, match.capturedStart() - from);
        const bool isDeclaration = match.captured().startsWith(u" xmlns"_s);
        shouted += between + (isDeclaration ? match.captured().replace(u"dc"_s, u"DC"_s) : match.captured().toUpper());
        QString capital = match.captured();
        const qsizetype first = capital.startsWith(u"</"_s) ? 2 : 1;
        if (!isDeclaration && !capital.contains(u':'))
            capital[first] = capital.at(first).toUpper();
        mixed += between + capital;
        from = match.capturedEnd();
    }
    QTest::newRow("upper") << (shouted + text.mid(from)).toLatin1();
    QTest::newRow("capitals") << (mixed + text.mid(from)).toLatin1();
    QTest::newRow("ends in another case")
        << QByteArray(lower).replace("<item>", "<Item>").replace("</title><link", "</TITLE><link");
    QTest::newRow("Atom") << QByteArray(
        "<FEED xmlns='http://www.w3.org/2005/Atom'><TITLE>T</TITLE><Entry><ID>7</ID><Title TYPE='text'>One</Title>"
        "<LINK REL='alternate' HREF='https://site.example/1'/><Published>2026-11-22T00:34:40Z</Published>"
        "<AUTHOR><Name>Mira</Name></AUTHOR><CONTENT Type='html'>&lt;p>Hi</CONTENT></Entry></FEED>");
}

void FeedParserTest::namesInAnyCase()
{
    QFETCH(const QByteArray, body);
    const Result<Feed> feed = parsed(body);
    QVERIFY2(feed.has_value(), feed ? "" : qPrintable(feed.error().detail));
    QCOMPARE(feed->title, u"T"_s);
    QCOMPARE(feed->items.size(), 1);
    const FeedItem &item = feed->items.first();
    QCOMPARE(item.id, u"7"_s);
    QCOMPARE(item.title, u"One"_s);
    QCOMPARE(item.text, u"Hi"_s);
    QCOMPARE(item.url, u"https://site.example/1"_s);
    QCOMPARE(item.author.name, u"Mira"_s);
    QCOMPARE(toIso(item.publishedAt), u"2026-11-22T00:34:40.000Z"_s);
}

static QByteArray gzipped(const QByteArray &plain)
{
    const auto number = [](uLong value) {
        QByteArray bytes(4, '\0');
        for (int i = 0; i < 4; ++i)
            bytes[i] = char(value >> (8 * i));
        return bytes;
    };
    const QByteArray bare = qCompress(plain).mid(6).chopped(4);
    const uLong sum = crc32(0, reinterpret_cast<const Bytef *>(plain.constData()), uInt(plain.size()));
    return QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10) + bare + number(sum) + number(uLong(plain.size()));
}

void FeedParserTest::compressionNeedsNoTelling_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray plain = rss("<item><guid>1</guid><title>Grün &amp; mehr</title></item>");
    const QByteArray zlib = qCompress(plain).mid(4);
    QTest::newRow("plain") << plain;
    QTest::newRow("gzip") << gzipped(plain);
    QTest::newRow("gzip twice") << gzipped(gzipped(plain)); // a file feed.xml.gz, sent compressed
    QTest::newRow("zlib") << zlib;
    QTest::newRow("bare deflate") << zlib.mid(2).chopped(4);
    QTest::newRow("gzip, the end is lost") << gzipped(plain).chopped(7);
    QTest::newRow("gzip and something after it") << gzipped(plain) + QByteArray(20, '\0');
}

void FeedParserTest::compressionNeedsNoTelling()
{
    QFETCH(const QByteArray, body);
    const Result<Feed> feed = parsed(body);
    QVERIFY2(feed.has_value(), feed ? "" : qPrintable(feed.error().detail));
    QCOMPARE(feed->items.size(), 1);
    QCOMPARE(feed->items.first().title, u"Grün & mehr"_s);
}

void FeedParserTest::compressedBombIsRefused()
{
    const Result<Feed> bomb = parsed(gzipped(QByteArray(100'000'000, ' ')));
    QVERIFY(!bomb.has_value());
    QCOMPARE(bomb.error().kind, ErrorKind::tooLarge);
    // What only begins like compressed data is told as what it is.
    for (const QByteArray &body : {QByteArray("\x1f\x8b nothing"), QByteArray("x\x9c"), QByteArray("\1\2\3 noise")}) {
        const Result<Feed> feed = parsed(body);
        QVERIFY(!feed.has_value());
        QCOMPARE(feed.error().kind, ErrorKind::malformed);
    }
}

void FeedParserTest::otherThingsAreNamed_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("detail");
    QTest::newRow("nothing") << QByteArray(" \n") << u"an empty answer"_s;
    QTest::newRow("page") << QByteArray("<!DOCTYPE html><html><head><title>Log in</title></head></html>")
                          << u"an HTML page (\"Log in\")"_s;
    QTest::newRow("page that shows a feed")
        << QByteArray("<html><body><pre><rss version='2.0'></rss></pre></body></html>") << u"an HTML page"_s;
    QTest::newRow("xml") << QByteArray("<?xml version='1.0'?><urlset/>")
                         << u"XML that is no feed (root element \"urlset\")"_s;
    QTest::newRow("json") << QByteArray("{\"error\":\"no\"}") << u"JSON, but no JSON Feed"_s;
    QTest::newRow("text") << QByteArray("Service unavailable") << u"text that is no feed"_s;
    QTest::newRow("gzip") << QByteArray("\x1f\x8b\x08xyz") << u"compressed data"_s;
    QTest::newRow("nothing but trouble") << QByteArray("<rss>\n<channel>\n<title>x</tite>") << u"line 3:"_s;
}

void FeedParserTest::otherThingsAreNamed()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, detail);
    const Result<Feed> feed = parsed(body, "text/html");
    QVERIFY(!feed.has_value());
    QCOMPARE(feed.error().kind, ErrorKind::malformed);
    QVERIFY2(feed.error().detail.startsWith(detail), qPrintable(feed.error().detail));
}

void FeedParserTest::entitiesAreNotExpanded()
{
    QByteArray laughs = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'>";
    for (char c = 'b'; c < 'n'; ++c) {
        const QByteArray inner = '&' + QByteArray(1, char(c - 1)) + ';';
        laughs += "<!ENTITY " + QByteArray(1, c) + " '" + inner.repeated(10) + "'>";
    }
    laughs += "<!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
    const Result<Feed> feed =
        parsed(laughs + rss("<item><guid>1</guid><title>&m;</title><description>&x;</description></item>"));
    QVERIFY(feed.has_value());
    QCOMPARE(feed->items.first().title, u"&m;"_s);
    QCOMPARE(feed->items.first().text, u"&x;"_s);
}

void FeedParserTest::hostileContentIsHarmless()
{
    const Result<Feed> feed = parsed(
        rss("<link>javascript:alert(1)</link><item><guid>1\x01</guid><link>javascript:alert(2)</"
            "link><title>A\x02&#1;&#x0;B&#xFFFF;</title>"
            "<enclosure url='data:text/html,hi' type='text/html'/><enclosure url='https://t.example/1.gif' width='1' "
            "height='1'/>"
            "<media:content url='https://t.example/pixel' width='1' height='1'/><enclosure "
            "url='https://u:p@t.example/song.mp3'/>"
            "<wfw:commentRss>file:///etc/passwd</wfw:commentRss><author>&lt;b&gt;Eve&lt;/b&gt;</author></item>"));
    QVERIFY(feed.has_value());
    QCOMPARE(feed->homeUrl, QString());
    const FeedItem item = feed->items.first();
    QCOMPARE(item.id, u"1"_s);
    QCOMPARE(item.url, QString());
    QCOMPARE(item.title, u"AB"_s);
    QCOMPARE(item.media.size(), 1);
    QCOMPARE(item.media.first().url, u"https://t.example/song.mp3"_s);
    QVERIFY(item.commentFeed.isEmpty());
    QCOMPARE(item.author.name, u"Eve"_s);
}

void FeedParserTest::deepNestingEnds()
{
    QElapsedTimer timer;
    timer.start();
    const QByteArray deep = QByteArray("<x>").repeated(200'000);
    const Result<Feed> feed = parsed(rss("<item><guid>1</guid></item><item>" + deep));
    QVERIFY(feed.has_value());
    QCOMPARE(feed->items.size(), 1);
    QVERIFY(feed->trouble.contains(u"nested"_s));
    QVERIFY(!parsed("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":" + QByteArray("[").repeated(200'000))
                 .has_value());
    QVERIFY(parsed(rss(QByteArray("<item><title>x</b></title>").repeated(20'000))).has_value() == false);
    QVERIFY(timer.elapsed() < 20'000);
}

void FeedParserTest::fiveThousandItemsAreRead()
{
    QByteArray items;
    for (int i = 0; i < 5000; ++i)
        items += "<item><guid>" + QByteArray::number(i) + "</guid><title>Entry &amp; " + QByteArray::number(i) +
                 "</title><description>&lt;p&gt;Text&lt;/p&gt;</description></item>";
    const Result<Feed> feed = parsed(rss(items));
    QVERIFY(feed.has_value());
    QCOMPARE(feed->items.size(), 5000);
    QCOMPARE(feed->items.last().title, u"Entry & 4999"_s);
}

/// Cut anywhere, a document gives items or a clear error, never anything else.
void FeedParserTest::everyPrefixIsSurvived()
{
    for (const QString &name : {u"rss20-a.xml"_s, u"atom10-a.xml"_s, u"json11-a.json"_s, u"rss091-b.xml"_s}) {
        const QByteArray body = fileContent(name);
        for (qsizetype length = 0; length < body.size(); length += 7) {
            const Result<Feed> feed = parsed(body.left(length));
            if (!feed)
                QVERIFY(!feed.error().detail.isEmpty());
            else
                QVERIFY(feed->items.size() <= 2);
        }
    }
}

QTEST_GUILESS_MAIN(FeedParserTest)
#include "tst_feedparser.moc"
