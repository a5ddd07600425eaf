// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedparser.h"
#include "networks/feedposition.h"
#include "networks/feedthreads.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// What the big kinds of sites put into their feeds, and what a reader makes of it.
class FeedHabitsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brokenItemIsReadAllTheSame();
    void feedsAuthorIsTheEntries();
    void youTubeShowsThePreview();
    void gitHubShowsNoAvatar();
    void appStoreReviewHasAPage();
    void appStoreReviewsInJson();
    void bloggerCommentNamesNoThread();
    void discoursePostsHangUnderTheirTopic();
    void redditCommentsHangUnderTheirPost();
    void answersHangUnderTheirQuestion();
    void wordsAboutScriptsStay();
    void manyAttributesTakeNoTime();
};

static Feed read(const QString &text)
{
    return parseFeed(text.toUtf8(), "application/xml", QUrl(u"https://site.example/feed"_s)).value_or(Feed());
}

static QString rss(const QString &inside)
{
    return u"<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>T</title>"_s + inside +
           u"</channel></rss>"_s;
}

static QString atom(const QString &inside)
{
    return u"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/' "
           "xmlns:im='http://itunes.apple.com/rss' xmlns:thr='http://purl.org/syndication/thread/1.0'><title>T</title>"_s +
           inside + u"</feed>"_s;
}

static RemoteMessage messageOf(const Feed &feed, qsizetype index = 0)
{
    const FeedKnown known;
    return FeedThreads(feed, known, timeFromMs(1'800'000'000'000), nullptr).messageOf(feed.items.at(index));
}

void FeedHabitsTest::brokenItemIsReadAllTheSame()
{
    const Feed feed = read(rss(
        u"<item><guid>1</guid><title>One</title></item>"
        "<item><guid isPermaLink='false'>2</guid><title>Two <a href=x>unquoted</a></title><dc:creator>Mira</dc:creator>"
        "<link>https://site.example/2</link><pubDate>Sun, 22 Nov 2026 00:34:40 GMT</pubDate>"
        "<description><p>never <b>closed & done</p></description></item>"
        "<item><guid>3</guid><description><p>un<b>closed</p></description><title><![CDATA[Three </item> & "
        "more]]></title>"
        "</item><item><guid>4</guid><title>Four</title></item>"_s));
    QCOMPARE(feed.items.size(), 4);
    QVERIFY(feed.isTruncated);
    const FeedItem &two = feed.items.at(1);
    QCOMPARE(two.id, u"2"_s);
    QCOMPARE(two.title, u"Two unquoted (https://site.example/x)"_s);
    QCOMPARE(two.text, u"never closed & done"_s);
    QCOMPARE(two.author.name, u"Mira"_s);
    QCOMPARE(two.url, u"https://site.example/2"_s);
    QCOMPARE(toIso(two.publishedAt), u"2026-11-22T00:34:40.000Z"_s);
    QCOMPARE(feed.items.at(2).text, u"unclosed"_s);
    QCOMPARE(feed.items.at(3).title, u"Four"_s);
    // Atom's authors and links are read the same way, each in its place.
    const Feed entries = read(atom(u"<entry><id>a</id><title>x</title><author><name>Jo</name></author>"
                                   "<link href='/a'/><content type='html'><p>a <br> b</content></entry>"
                                   "<entry><id>b</id><title>y</title></entry>"_s));
    QCOMPARE(entries.items.size(), 2);
    QCOMPARE(entries.items.first().author.name, u"Jo"_s);
    QCOMPARE(entries.items.first().url, u"https://site.example/a"_s);
    QCOMPARE(entries.items.first().text, u"a\nb"_s);
}

void FeedHabitsTest::feedsAuthorIsTheEntries()
{
    const Feed feed = read(atom(u"<entry><id>a</id><title>x</title></entry>"
                                "<entry><id>b</id><title>y</title><author><name>Jo</name></author></entry>"
                                "<entry><id>c</id><title>z</title><thr:in-reply-to ref='a'/></entry>"
                                "<author><name>Mira</name><uri>https://mira.example/</uri></author>"_s));
    QCOMPARE(feed.items.at(0).author.name, u"Mira"_s);
    QCOMPARE(feed.items.at(0).author.url, u"https://mira.example/"_s);
    QCOMPARE(feed.items.at(1).author.name, u"Jo"_s);
    QVERIFY(feed.items.at(2).author.name.isEmpty());
    const Feed nested = read(rss(u"<managingEditor>desk@site.example (Desk)</managingEditor>"
                                 "<item><guid>1</guid><title>x</title></item>"
                                 "<item><guid>2</guid><title>y</title><author><name>Jo</name></author></item>"_s));
    QCOMPARE(nested.items.at(0).author.name, u"Desk"_s);
    QCOMPARE(nested.items.at(1).author.name, u"Jo"_s);
}

void FeedHabitsTest::youTubeShowsThePreview()
{
    const Feed feed = read(
        atom(u"<entry><id>yt:video:abc</id><title>Our video</title><media:group>"
             "<media:content url='https://www.youtube.example/v/abc' type='application/x-shockwave-flash' width='640'/>"
             "<media:thumbnail url='https://i1.ytimg.example/vi/abc/hq.jpg'/></media:group></entry>"_s));
    QCOMPARE(feed.items.first().media.size(), 1);
    QCOMPARE(feed.items.first().media.first().url, u"https://i1.ytimg.example/vi/abc/hq.jpg"_s);
    QCOMPARE(feed.items.first().media.first().type, u"image"_s);
}

void FeedHabitsTest::gitHubShowsNoAvatar()
{
    const Feed feed = read(atom(u"<entry><id>1</id><title>v1.2</title><author><name>dev</name></author>"
                                "<media:thumbnail url='https://avatars.githubusercontent.com/u/1?s=60'/></entry>"_s));
    QVERIFY(feed.items.first().media.isEmpty());
    QCOMPARE(feed.items.first().author.avatarUrl, u"https://avatars.githubusercontent.com/u/1?s=60"_s);
}

void FeedHabitsTest::appStoreReviewHasAPage()
{
    const Feed feed = read(atom(u"<entry><id>9</id><title>Crashes</title><im:rating>1</im:rating>"
                                "<link rel='related' href='https://itunes.example/review?id=1'/></entry>"
                                "<entry><id>8</id><title>x</title><link rel='related' href='https://a.example/'/>"
                                "</entry>"_s));
    QCOMPARE(feed.items.at(0).url, u"https://itunes.example/review?id=1"_s);
    QCOMPARE(feed.items.at(0).rating.value_or(0), 10);
    QVERIFY(feed.items.at(1).url.isEmpty());
}

void FeedHabitsTest::appStoreReviewsInJson()
{
    const QByteArray json = R"({"feed":{"title":{"label":"Reviews"},"entry":[
        {"im:name":{"label":"Our app"},"id":{"label":"1"},"title":{"label":"Our app"}},
        {"id":{"label":"77"},"title":{"label":"Good &amp; bad"},"content":{"label":"I like it\nmostly <3"},
         "author":{"name":{"label":"jo"},"uri":{"label":"https://itunes.example/jo"}},"im:rating":{"label":"4"},
         "link":{"attributes":{"rel":"related","href":"https://itunes.example/review?id=1"}},
         "updated":{"label":"2026-11-20T10:00:00-07:00"}}]}})";
    const Result<Feed> feed = parseFeed(json, "text/javascript", QUrl(u"https://itunes.example/json"_s));
    QVERIFY(feed.has_value());
    QCOMPARE(feed->title, u"Reviews"_s);
    QCOMPARE(feed->items.size(), 1);
    const FeedItem &item = feed->items.first();
    QCOMPARE(item.id, u"77"_s);
    QCOMPARE(item.title, u"Good & bad"_s);
    QCOMPARE(item.text, u"I like it\nmostly <3"_s);
    QCOMPARE(item.author.name, u"jo"_s);
    QCOMPARE(item.rating.value_or(0), 40);
    QCOMPARE(item.url, u"https://itunes.example/review?id=1"_s);
    QCOMPARE(toIso(item.publishedAt), u"2026-11-20T17:00:00.000Z"_s);
    // With a single review it is no list.
    const Result<Feed> one = parseFeed(R"({"feed":{"entry":{"id":{"label":"7"},"im:rating":{"label":"5"}}}})", {}, {});
    QCOMPARE(one.value_or(Feed()).items.size(), 1);
}

void FeedHabitsTest::bloggerCommentNamesNoThread()
{
    const Feed feed =
        read(atom(u"<entry><id>post-2.99</id><title>Great post! I would like to know more about t...</title>"
                  "<content>Great post! I would like to know more about this.</content>"
                  "<thr:in-reply-to href='https://site.example/p.html' ref='post-2'/></entry>"_s));
    const RemoteMessage comment = messageOf(feed);
    QCOMPARE(comment.threadUri, u"https://site.example/p.html"_s);
    QVERIFY(comment.threadTitle.isEmpty());
    QCOMPARE(comment.text, u"Great post! I would like to know more about this."_s);
}

void FeedHabitsTest::discoursePostsHangUnderTheirTopic()
{
    const Feed feed = read(rss(
        u"<item><title>How to reset?</title><description>second</description><link>https://f.example/t/how/42/2</link>"
        "<guid isPermaLink='false'>f.example-post-42-2</guid></item>"
        "<item><title>How to reset?</title><description>first</description><link>https://f.example/t/how/42/1</link>"
        "<guid isPermaLink='false'>f.example-post-42-1</guid></item>"
        "<item><title>How to reset?</title><description>first</description><link>https://f.example/t/how/42</link>"
        "<guid isPermaLink='false'>f.example-topic-42</guid></item>"_s));
    const RemoteMessage second = messageOf(feed, 0);
    QCOMPARE(second.threadUri, u"f.example-topic-42"_s);
    QCOMPARE(second.threadTitle, u"How to reset?"_s);
    QCOMPARE(second.threadUrl, u"https://f.example/t/how/42"_s);
    QCOMPARE(second.text, u"second"_s);
    QCOMPARE(messageOf(feed, 1).threadUri, u"f.example-topic-42"_s);
    QCOMPARE(messageOf(feed, 1).text, u"How to reset?\n\nfirst"_s);
    QCOMPARE(messageOf(feed, 2).threadUri, u"f.example-topic-42"_s);
}

void FeedHabitsTest::redditCommentsHangUnderTheirPost()
{
    const Feed feed =
        read(atom(u"<entry><id>t3_1abc</id><link href='https://www.reddit.example/r/acme/comments/1abc/my_drill/'/>"
                  "<title>My drill</title><content type='html'>&lt;p>It broke.&lt;/p></content></entry>"
                  "<entry><id>t1_9xyz</id><link href='https://www.reddit.example/r/acme/comments/1abc/my_drill/9xyz/'/>"
                  "<title>/u/jo on My drill</title><content type='html'>&lt;p>Same here&lt;/p></content>"
                  "<author><name>/u/jo</name></author></entry>"_s));
    const RemoteMessage comment = messageOf(feed, 1);
    QCOMPARE(comment.threadUri, messageOf(feed, 0).uri);
    QCOMPARE(comment.parentUri, u"t3_1abc"_s);
    QCOMPARE(comment.threadTitle, u"My drill"_s);
    QCOMPARE(comment.threadUrl, u"https://www.reddit.example/r/acme/comments/1abc/my_drill/"_s);
    QCOMPARE(comment.text, u"Same here"_s);
    QCOMPARE(messageOf(feed, 0).threadUri, u"t3_1abc"_s);
    QCOMPARE(messageOf(feed, 0).text, u"My drill\n\nIt broke."_s);
}

void FeedHabitsTest::answersHangUnderTheirQuestion()
{
    const Feed feed =
        read(atom(u"<entry><id>https://tools.example/q/123</id><title>How do I oil it?</title>"
                  "<link href='https://tools.example/questions/123/how'/><summary>Where?</summary></entry>"
                  "<entry><id>https://tools.example/questions/123/-/456#456</id><summary>There.</summary>"
                  "<title>Answer by jo for How do I oil it?</title>"
                  "<link href='https://tools.example/questions/123/how/456#456'/></entry>"_s));
    const RemoteMessage answer = messageOf(feed, 1);
    QCOMPARE(answer.threadUri, messageOf(feed, 0).uri);
    QCOMPARE(answer.parentUri, u"https://tools.example/q/123"_s);
    QCOMPARE(answer.threadTitle, u"How do I oil it?"_s);
    QCOMPARE(answer.threadUrl, u"https://tools.example/questions/123/how"_s);
    QCOMPARE(answer.text, u"There."_s);
}

void FeedHabitsTest::wordsAboutScriptsStay()
{
    const Feed feed =
        read(rss(u"<item><guid>1</guid><title>&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;</title>"
                 "</item>"_s));
    QCOMPARE(messageOf(feed).text, u"<script>alert(1)</script>"_s);
}

void FeedHabitsTest::manyAttributesTakeNoTime()
{
    QString attributes;
    for (int i = 0; i < 200'000; ++i)
        attributes += u" a%1='x'"_s.arg(i);
    QElapsedTimer timer;
    timer.start();
    const Feed feed = read(rss(u"<item><guid>1</guid><title"_s + attributes + u">x</title></item>"_s));
    QCOMPARE(feed.items.size(), 1);
    QCOMPARE(feed.items.first().title, u"x"_s);
    // Comparing each with each would take a minute.
    QVERIFY(timer.elapsed() < 10'000);
}

QTEST_GUILESS_MAIN(FeedHabitsTest)
#include "tst_feedhabits.moc"
