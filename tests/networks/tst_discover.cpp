// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/registry.h"

#include "await.h"
#include "fakes/fakemastodon.h"
#include "fakes/fakesite.h"
#include "fakes/fakewordpress.h"
#include "model/future.h"

#include <QHash>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Earshot;

static const QByteArray feedBody = "<rss version='2.0'><channel><title>News</title></channel></rss>";

/// A web of a few pages; redirects are told as the real transport tells them. Everything else is 404.
class Web final : public HttpTransport
{
public:
    void add(const char *url, int status, const QByteArray &body, const char *from = nullptr,
             const char *moved = nullptr)
    {
        HttpAnswer answer;
        answer.status = status;
        answer.url = QUrl(QString::fromLatin1(from ? from : url));
        answer.movedTo = QUrl(QString::fromLatin1(moved));
        answer.body = body;
        m_pages.insert(QString::fromLatin1(url), answer);
    }
    QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override
    {
        asked.append(request.url.toString());
        HttpAnswer missing;
        missing.status = 404;
        missing.url = request.url;
        return readyFuture<Result<HttpAnswer>>(m_pages.value(request.url.toString(), missing));
    }
    QStringList asked;

private:
    QHash<QString, HttpAnswer> m_pages;
};

/// A blog as WordPress with an ActivityPub plugin makes it: its pages announce feeds, the REST interface and an
/// account.
class ManyVoicedBlog final : public FakeNetwork
{
public:
    explicit ManyVoicedBlog(const Clock &clock)
        : site(host, &clock)
        , wordPress(host, clock)
        , mastodon(host)
    {
        const int post = site.addPost(QStringLiteral("Winter blend"), QStringLiteral("<p>New!</p>"));
        site.addComment(post, QStringLiteral("Ann"), QStringLiteral("<p>When?</p>"));
        wordPress.addPost(QStringLiteral("Winter blend"));
        mastodon.setTime(clock.now());
        mastodon.addPerson(QStringLiteral("lantern"));
    }
    [[nodiscard]] QStringList hosts() const override { return {host}; }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override
    {
        const QString path = request.url.path();
        const auto begins = [&path](const char *with) { return path.startsWith(QLatin1StringView(with)); };
        if (begins("/wp-json/"))
            return wordPress.answer(request);
        if (begins("/api/") || begins("/.well-known/") || begins("/nodeinfo"))
            return mastodon.answer(request);
        HttpAnswer page = site.answer(request);
        if (path.isEmpty() || path == QLatin1StringView("/")) {
            const HttpAnswer announced = wordPress.answer(request);
            page.headers.insert("link", announced.header("link"));
            page.body.replace("</head>", "<link rel='alternate' type='application/activity+json' "
                                         "href='https://blog.example/@lantern'></head>");
        }
        return page;
    }

    static inline const QString host = QStringLiteral("blog.example");
    FakeSite site;
    FakeWordPress wordPress;
    FakeMastodon mastodon;
};

class DiscoverTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passingRedirectKeepsTheAddress();
    void whoIsNotThereIsNotFound();
    void deniedSitesAreLeftAlone();
    void blogMayBeSeveralAtOnce_data();
    void blogMayBeSeveralAtOnce();

private:
    [[nodiscard]] Result<QList<Finding>> find(const char *address)
    {
        return await(discover(QString::fromLatin1(address), NetworkSetting{&m_web, &m_clock}));
    }
    Web m_web;
    SystemClock m_clock;
};

void DiscoverTest::passingRedirectKeepsTheAddress()
{
    m_web.add("https://a.example/feed", 200, feedBody, "https://cdn.example/x.xml");
    m_web.add("https://b.example/feed", 200, feedBody, "https://cdn.example/y.xml", "https://new.example/feed");
    const auto passing = find("https://a.example/feed");
    QVERIFY(passing && passing->size() == 1);
    QCOMPARE(passing->first().address, QStringLiteral("https://a.example/feed"));
    const auto moved = find("https://b.example/feed");
    QVERIFY(moved && moved->size() == 1);
    QCOMPARE(moved->first().address, QStringLiteral("https://new.example/feed"));
}

void DiscoverTest::whoIsNotThereIsNotFound()
{
    const auto nobody = find("@nobody@social.example");
    QVERIFY(!nobody);
    QCOMPARE(nobody.error().kind, ErrorKind::notFound);
    const auto nonsense = find("not an address");
    QVERIFY(!nonsense);
    QCOMPARE(nonsense.error().kind, ErrorKind::invalid);
}

void DiscoverTest::deniedSitesAreLeftAlone()
{
    m_web.add("https://busy.example/", 429, {});
    m_web.asked.clear();
    const auto busy = find("https://busy.example/");
    QVERIFY(!busy);
    QCOMPARE(busy.error().kind, ErrorKind::rateLimited);
    QVERIFY(!m_web.asked.contains(QStringLiteral("https://busy.example/feed/")));
}

void DiscoverTest::blogMayBeSeveralAtOnce_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("host") << QStringLiteral("blog.example");
    QTest::newRow("page") << QStringLiteral("https://blog.example/");
}

void DiscoverTest::blogMayBeSeveralAtOnce()
{
    QFETCH(QString, address);
    FakeTransport transport;
    transport.add(std::make_shared<ManyVoicedBlog>(m_clock));
    const auto found = await(discover(address, NetworkSetting{&transport, &m_clock}));
    QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
    QStringList told;
    for (const Finding &finding : *found)
        told.append(QStringLiteral("%1 %2%3").arg(word(finding.network), finding.address,
                                                  finding.canAnswer ? QStringLiteral(" answers") : QString()));
    // What moderates comes first, then what answers, then what can only be listened to.
    QCOMPARE(told.value(0), QStringLiteral("wordpress https://blog.example/ answers"));
    QCOMPARE(told.value(1), QStringLiteral("mastodon @lantern@blog.example answers"));
    QVERIFY2(told.contains(QStringLiteral("feed https://blog.example/feed/")), qPrintable(told.join(u'\n')));
    QVERIFY(told.contains(QStringLiteral("feed https://blog.example/comments/feed/")));
    QVERIFY(told.contains(QStringLiteral("mastodon @lantern@blog.example")));
    // One best one, nothing twice, and what delivers the same names the other.
    const auto isBest = [](const Finding &finding) { return finding.isBest; };
    QCOMPARE(std::count_if(found->cbegin(), found->cend(), isBest), 1);
    QVERIFY(found->constFirst().isBest);
    QCOMPARE(QSet<QString>(told.cbegin(), told.cend()).size(), told.size());
    QCOMPARE(found->constFirst().sameAs, QStringLiteral("https://blog.example/comments/feed/"));
    // Of the three formats of the same posts two name the third.
    QStringList formats;
    QStringList others;
    for (const Finding &finding : *found) {
        if (finding.network != Network::feed || finding.what != QLatin1StringView("posts"))
            continue;
        formats.append(finding.address);
        if (!finding.sameAs.isEmpty())
            others.append(finding.sameAs);
    }
    QCOMPARE(formats.size(), 3);
    QCOMPARE(others.size(), 2);
    QCOMPARE(others.at(0), others.at(1));
    QVERIFY(formats.contains(others.at(0)));
}

QTEST_GUILESS_MAIN(DiscoverTest)
#include "tst_discover.moc"
