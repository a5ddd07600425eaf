// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakesite.h"
#include "networks/feedfinder.h"

#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

class FeedFinderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatAPageAnnounces();
    void feedIsItsOwnFinding();
    void readsMessyPages();
    void readsLinkHeader();
    void pageWithoutFeedsHasNone();
    void likelyPlacesAreDistinct();
};

static HttpAnswer pageOf(const QByteArray &html)
{
    HttpAnswer page;
    page.status = 200;
    page.url = QUrl(u"https://shop.example/blog/"_s);
    page.headers.insert("content-type", "text/html; charset=utf-8");
    page.body = html;
    return page;
}

void FeedFinderTest::findsWhatAPageAnnounces()
{
    const SystemClock clock;
    FakeSite site(u"cafe.example"_s, &clock);
    HttpRequest request;
    request.url = site.url(u"/"_s);
    const QList<Finding> findings = findFeeds(site.answer(request));
    QCOMPARE(findings.size(), 4);
    QCOMPARE(findings.at(0).address, u"https://cafe.example/feed/atom/"_s);
    QVERIFY(findings.at(0).isBest);
    QCOMPARE(findings.at(0).what, u"posts"_s);
    QCOMPARE(findings.at(1).address, u"https://cafe.example/feed/"_s);
    QCOMPARE(findings.at(1).sameAs, findings.at(0).address);
    QCOMPARE(findings.at(2).address, u"https://cafe.example/feed.json"_s);
    QCOMPARE(findings.at(2).sameAs, findings.at(0).address);
    QCOMPARE(findings.at(3).what, u"comments"_s);
    QCOMPARE(findings.at(3).sameAs, QString());
    QVERIFY(!findings.at(3).isBest);
    for (const Finding &finding : findings)
        QVERIFY(!finding.canAnswer && finding.network == Network::feed);
}

void FeedFinderTest::feedIsItsOwnFinding()
{
    const SystemClock clock;
    FakeSite site(u"cafe.example"_s, &clock);
    const int post = site.addPost(u"Hello"_s, u"<p>World</p>"_s);
    site.addComment(post, u"Ann"_s, u"<p>Hi</p>"_s);
    site.moveTo(u"/rss"_s, u"/feed/"_s);
    HttpRequest request;
    request.url = site.url(u"/rss"_s);
    QList<Finding> findings = findFeeds(site.answer(request));
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings.first().address, u"https://cafe.example/feed/"_s);
    QCOMPARE(findings.first().name, u"Lantern Coffee"_s);
    QCOMPARE(findings.first().what, u"posts"_s);
    request.url = site.url(u"/comments/feed/"_s);
    QCOMPARE(findFeeds(site.answer(request)).first().what, u"comments"_s);
    HttpAnswer reviews = pageOf("<rss><channel><item><guid>1</guid><rating>4</rating></item></channel></rss>");
    QCOMPARE(findFeeds(reviews).first().what, u"reviews"_s);
}

void FeedFinderTest::readsMessyPages()
{
    const QList<Finding> findings = findFeeds(pageOf(
        "<HTML><title>Shop &amp; more</title><BASE HREF=/news/>"
        "<!-- <link rel=alternate type=application/rss+xml href=old.xml> -->"
        "<script>document.write('<link rel=\"alternate\" type=\"application/rss+xml\" href=\"no.xml\">')</script>"
        "<LINK TYPE='application/rss+xml' HREF='rss.xml?a=1&amp;b=2' REL='ALTERNATE home'>"
        "<link rel=alternate type=application/rss+xml href=rss.xml?a=1&amp;b=2>"
        "<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/2>"
        "<link rel=stylesheet type=text/css href=a.css><link rel=alternate hreflang=de href=/de/>"
        "<link rel=alternate type=application/rss+xml href='javascript:alert(1)'>"
        "<link rel=alternate type='application/rss+xml' title='Kommentare' href=//other.example/k.xml>"));
    QCOMPARE(findings.size(), 2);
    QCOMPARE(findings.at(0).address, u"https://shop.example/news/rss.xml?a=1&b=2"_s);
    QCOMPARE(findings.at(0).name, u"Shop & more"_s);
    QCOMPARE(findings.at(1).address, u"https://other.example/k.xml"_s);
    QCOMPARE(findings.at(1).what, u"comments"_s);
}

void FeedFinderTest::readsLinkHeader()
{
    HttpAnswer page = pageOf("<html></html>");
    page.headers.insert("link", "<https://shop.example/wp-json/>; rel=\"https://api.w.org/\", "
                                "</all.atom>; rel=\"alternate\"; type=\"application/atom+xml\"");
    QCOMPARE(findFeeds(page).size(), 1);
    QCOMPARE(findFeeds(page).first().address, u"https://shop.example/all.atom"_s);
    QCOMPARE(findFeeds(page).first().name, u"shop.example"_s);
}

void FeedFinderTest::pageWithoutFeedsHasNone()
{
    QVERIFY(findFeeds(pageOf("<html><body>Nothing</body></html>")).isEmpty());
    QVERIFY(findFeeds(pageOf({})).isEmpty());
    QVERIFY(findFeeds(pageOf(QByteArray("<link ").repeated(300'000))).isEmpty());
}

void FeedFinderTest::likelyPlacesAreDistinct()
{
    const QList<QUrl> urls = likelyFeedUrls(QUrl(u"https://me:secret@shop.example/blog?x=1#y"_s));
    QCOMPARE(urls.first(), QUrl(u"https://shop.example/blog/feed/"_s));
    QVERIFY(urls.contains(QUrl(u"https://shop.example/atom.xml"_s)));
    QVERIFY(urls.contains(QUrl(u"https://shop.example/feed.json"_s)));
    QCOMPARE(QSet<QUrl>(urls.cbegin(), urls.cend()).size(), urls.size());
    QCOMPARE(likelyFeedUrls(QUrl(u"https://shop.example"_s)).size(), urls.size() / 2);
}

QTEST_GUILESS_MAIN(FeedFinderTest)
#include "tst_feedfinder.moc"
