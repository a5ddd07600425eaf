// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/wordpressfinder.h"
#include "wordpressworld.h"

#include <QTest>

using namespace Earshot;

class WordPressFinderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void siteIsFoundFromAnyOfItsPages_data();
    void siteIsFoundFromAnyOfItsPages();
    void theGeneratorIsEnough();
    void otherPagesAreNotAskedAbout();
    void linksAreReadFromHeaderAndHtml_data();
    void linksAreReadFromHeaderAndHtml();
    void routesGoBothWays_data();
    void routesGoBothWays();
    void aSiteThatIsDownIsTransient();
    void aSiteWithoutPasswordsIsReadOnly();
    void aClosedInterfaceIsOffered();
    void anInterfaceElsewhereGetsNoPassword();
};

static HttpAnswer pageOf(WordPressWorld &world, const QString &path)
{
    HttpRequest request;
    request.url = QUrl(QStringLiteral("https://blog.example") + path);
    return world.site->answer(request);
}

void WordPressFinderTest::siteIsFoundFromAnyOfItsPages_data()
{
    QTest::addColumn<bool>("isPretty");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("feed");
    const QString pretty = QStringLiteral("https://blog.example/comments/feed/");
    QTest::newRow("front page") << true << QStringLiteral("/") << pretty;
    QTest::newRow("a post") << true << QStringLiteral("/entry-3/") << pretty;
    QTest::newRow("a page that is not there") << true << QStringLiteral("/nothing") << pretty;
    QTest::newRow("plain links") << false << QStringLiteral("/?p=3")
                                 << QStringLiteral("https://blog.example/?feed=comments-rss2");
}

void WordPressFinderTest::siteIsFoundFromAnyOfItsPages()
{
    QFETCH(const bool, isPretty);
    QFETCH(const QString, path);
    QFETCH(const QString, feed);
    WordPressWorld world;
    world.site->setPretty(isPretty);
    const auto findings = await(findWordPress(pageOf(world, path), {&world.transport, &world.clock}));
    QVERIFY(findings.has_value());
    QCOMPARE(findings->size(), 1);
    const Finding finding = findings->first();
    QCOMPARE(finding.network, Network::wordpress);
    QCOMPARE(finding.address, QStringLiteral("https://blog.example/"));
    QCOMPARE(finding.name, QStringLiteral("Lantern Coffee & Tea"));
    QCOMPARE(finding.what, QStringLiteral("comments"));
    QVERIFY(finding.canAnswer && finding.canModerate && finding.needsUser && finding.needsPassword);
    QVERIFY(finding.isBest && !finding.needsSignIn);
    QCOMPARE(finding.sameAs, feed);

    // What was found can be connected.
    ChannelAccess access = world.access();
    access.address = finding.address;
    const auto connector = world.connector(access);
    QVERIFY(await(connector->check()).has_value());
}

void WordPressFinderTest::theGeneratorIsEnough()
{
    WordPressWorld world;
    world.site->setLinked(false);
    for (const bool isPretty : {true, false}) {
        world.site->setPretty(isPretty);
        const auto page = pageOf(world, QStringLiteral("/"));
        const auto findings = await(findWordPress(page, {&world.transport, &world.clock}));
        QCOMPARE(findings.value_or(QList<Finding>()).size(), 1);
    }
}

void WordPressFinderTest::otherPagesAreNotAskedAbout()
{
    WordPressWorld world;
    HttpAnswer page;
    page.status = 200;
    page.url = QUrl(QStringLiteral("https://blog.example/"));
    page.body = "<html><head><link rel='alternate' href='/feed'><p>https://api.w.org/</p></head></html>";
    const auto findings = await(findWordPress(page, {&world.transport, &world.clock}));
    QVERIFY(findings.has_value() && findings->isEmpty());
    QVERIFY(world.transport.requests().empty());
}

void WordPressFinderTest::linksAreReadFromHeaderAndHtml_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QString>("root");
    const QString pretty = QStringLiteral("https://blog.example/wp-json/");
    const QString plain = QStringLiteral("https://blog.example/index.php?rest_route=/");
    const QByteArray none;
    QTest::newRow("header") << QByteArray("<https://blog.example/wp-json/>; rel=\"https://api.w.org/\"") << none
                            << pretty;
    QTest::newRow("among others") << QByteArray("<https://a.example/>; rel=\"shortlink\", "
                                                "<https://blog.example/wp-json/>; rel=\"https://api.w.org/\", "
                                                "<https://b.example/>; rel=\"alternate\"; type=\"application/json\"")
                                  << none << pretty;
    QTest::newRow("without quotes") << QByteArray("</wp-json/>;rel=https://api.w.org/") << none << pretty;
    QTest::newRow("html") << none
                          << QByteArray("<LINK href='https://blog.example/index.php?rest_route=/' "
                                        "rel='https://api.w.org/' />")
                          << plain;
    QTest::newRow("html with entities") << none
                                        << QByteArray("<link rel=\"https://api.w.org/\" "
                                                      "href=\"/index.php?rest_route=&#47;\">")
                                               .replace("&#47;", "/")
                                        << plain;
    QTest::newRow("behind a proxy") << QByteArray("<http://blog.example/wp-json/>; rel=\"https://api.w.org/\"") << none
                                    << pretty;
    QTest::newRow("another host") << QByteArray("<http://x.example/wp-json/>; rel=\"https://api.w.org/\"") << none
                                  << QStringLiteral("http://x.example/wp-json/");
    QTest::newRow("another rel") << QByteArray("<https://x.example/>; rel=\"https://api.w.org/other\"")
                                 << QByteArray("<link rel='stylesheet' href='https://api.w.org/'>") << QString();
    QTest::newRow("no web address") << QByteArray("<javascript:alert(1)>; rel=\"https://api.w.org/\"") << none
                                    << QString();
    QTest::newRow("endless tag") << none << QByteArray("<link ") + QByteArray(1'000'000, 'x') << QString();
}

void WordPressFinderTest::linksAreReadFromHeaderAndHtml()
{
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, html);
    QFETCH(const QString, root);
    HttpAnswer page;
    page.url = QUrl(QStringLiteral("https://blog.example/a/post"));
    page.headers.insert("link", header);
    page.body = html;
    QCOMPARE(restRootOf(page).toString(), root);
}

void WordPressFinderTest::routesGoBothWays_data()
{
    QTest::addColumn<QString>("root");
    QTest::addColumn<QString>("url");
    QTest::newRow("pretty") << QStringLiteral("https://blog.example/wp-json/")
                            << QStringLiteral("https://blog.example/wp-json/wp/v2/pages/3?a=1%2B1%26");
    QTest::newRow("in a folder") << QStringLiteral("https://example.com/blog/wp-json")
                                 << QStringLiteral("https://example.com/blog/wp-json/wp/v2/pages/3?a=1%2B1%26");
    QTest::newRow("plain") << QStringLiteral("https://blog.example/index.php?rest_route=/")
                           << QStringLiteral("https://blog.example/index.php?rest_route=/wp/v2/pages/3&a=1%2B1%26");
    QTest::newRow("plain, more") << QStringLiteral("https://blog.example/?lang=de&rest_route=%2F")
                                 << QStringLiteral(
                                        "https://blog.example/?lang=de&rest_route=/wp/v2/pages/3&a=1%2B1%26");
}

void WordPressFinderTest::routesGoBothWays()
{
    QFETCH(const QString, root);
    QFETCH(const QString, url);
    const QString route = QStringLiteral("/wp/v2/pages/3");
    const QUrl made = restUrl(QUrl(root), route, {{QStringLiteral("a"), QStringLiteral("1+1&")}});
    QCOMPARE(made.toString(QUrl::FullyEncoded), url);
    QCOMPARE(restRouteOf(QUrl(root), made), route);
    QVERIFY(restRouteOf(QUrl(root), QUrl(QStringLiteral("https://blog.example/other/3"))).isEmpty());
}

void WordPressFinderTest::aSiteThatIsDownIsTransient()
{
    WordPressWorld world;
    const HttpAnswer page = pageOf(world, QStringLiteral("/"));
    world.transport.setTrouble(0, Trouble::refused);
    const auto findings = await(findWordPress(page, {&world.transport, &world.clock}));
    QVERIFY(!findings);
    QCOMPARE(findings.error().kind, ErrorKind::transient);
    world.site->setDown(true);
    QVERIFY(!await(findWordPress(page, {&world.transport, &world.clock})));
}

void WordPressFinderTest::aSiteWithoutPasswordsIsReadOnly()
{
    WordPressWorld world;
    world.site->setOffersPasswords(false);
    const HttpAnswer page = pageOf(world, QStringLiteral("/"));
    const auto findings = await(findWordPress(page, {&world.transport, &world.clock}));
    QCOMPARE(findings.value_or(QList<Finding>()).size(), 1);
    QVERIFY(!findings->first().canAnswer && !findings->first().needsPassword);
}

void WordPressFinderTest::aClosedInterfaceIsOffered()
{
    WordPressWorld world;
    world.site->setClosed(true);
    for (const bool isLinked : {true, false}) {
        world.site->setLinked(isLinked);
        const auto findings =
            await(findWordPress(pageOf(world, QStringLiteral("/")), {&world.transport, &world.clock}));
        QVERIFY(findings.has_value());
        QCOMPARE(findings->size(), 1);
        QCOMPARE(findings->first().address, QStringLiteral("https://blog.example/"));
        QCOMPARE(findings->first().name, QStringLiteral("blog.example"));
        QVERIFY(findings->first().needsPassword && findings->first().canAnswer);
    }
}

void WordPressFinderTest::anInterfaceElsewhereGetsNoPassword()
{
    WordPressWorld world;
    HttpAnswer page;
    page.status = 200;
    page.headers.insert("link", "<https://blog.example/wp-json/>; rel=\"https://api.w.org/\"");
    // WordPress.com has its interface at a host of its own.
    page.url = QUrl(QStringLiteral("https://lantern.example/2026/some-post/"));
    auto findings = await(findWordPress(page, {&world.transport, &world.clock}));
    QVERIFY(findings.has_value());
    QCOMPARE(findings->first().address, QStringLiteral("https://lantern.example/"));
    QVERIFY(!findings->first().needsPassword && !findings->first().canAnswer);
    world.site->setClosed(true);
    findings = await(findWordPress(page, {&world.transport, &world.clock}));
    QVERIFY(findings.has_value() && findings->isEmpty());
    world.site->setClosed(false);
    // With and without "www." it is the same site.
    page.url = QUrl(QStringLiteral("https://www.blog.example/"));
    findings = await(findWordPress(page, {&world.transport, &world.clock}));
    QVERIFY(findings.has_value());
    QVERIFY(findings->first().needsPassword);
}

QTEST_GUILESS_MAIN(WordPressFinderTest)
#include "tst_wordpressfinder.moc"
