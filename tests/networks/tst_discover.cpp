// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/registry.h"

#include "await.h"
#include "model/future.h"

#include <QHash>
#include <QTest>

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

class DiscoverTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passingRedirectKeepsTheAddress();
    void whoIsNotThereIsNotFound();
    void deniedSitesAreLeftAlone();

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

QTEST_GUILESS_MAIN(DiscoverTest)
#include "tst_discover.moc"
