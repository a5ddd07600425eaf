// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mastodonbench.h"
#include "networks/mastodonfinder.h"

using namespace Earshot;
using Dialect = FakeMastodon::Dialect;

class MastodonFinderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accountIsFound_data();
    void accountIsFound();
    void postLeadsToItsAuthor();
    void hashtagAndServer();
    void othersAreNotFound();
    void handleOfAnotherHost();
};

static Result<QList<Finding>> find(MastodonBench &bench, const QString &address)
{
    return await(findMastodon(address, NetworkSetting{.http = &bench.transport, .clock = &bench.clock}));
}

/// A web site that is no Mastodon server, but may know by webfinger where the real one is.
class WebSite final : public FakeNetwork
{
public:
    [[nodiscard]] QStringList hosts() const override { return {QStringLiteral("blog.example")}; }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override
    {
        HttpAnswer answer;
        answer.url = request.url;
        const bool isFinger = request.url.path() == QLatin1StringView("/.well-known/webfinger");
        if (isFinger && !finger.isEmpty()) {
            answer.status = 200;
            answer.body = finger;
        } else {
            answer.status = pageStatus;
            answer.body = "<html>a page</html>";
        }
        return answer;
    }
    int pageStatus = 404;
    QByteArray finger;
};

void MastodonFinderTest::accountIsFound_data()
{
    QTest::addColumn<QString>("address");
    for (const char *address : {"@brand@social.example", "brand@social.example", "https://social.example/@brand",
                                "https://social.example/users/brand", "social.example/@brand"})
        QTest::newRow(address) << QString::fromLatin1(address);
}

void MastodonFinderTest::accountIsFound()
{
    QFETCH(QString, address);
    for (const Dialect dialect : {Dialect::mastodon, Dialect::goToSocial, Dialect::hollo, Dialect::snac}) {
        MastodonBench bench(dialect);
        const auto findings = find(bench, address);
        QVERIFY(findings);
        QCOMPARE(findings->size(), 2);
        const Finding &account = findings->first();
        QCOMPARE(account.network, Network::mastodon);
        QCOMPARE(account.address, QStringLiteral("@brand@social.example"));
        QCOMPARE(account.what, QStringLiteral("account"));
        QVERIFY(account.isBest && account.canAnswer && account.needsSignIn);
        const Finding &posts = findings->last();
        QCOMPARE(posts.address, QStringLiteral("@brand@social.example"));
        QVERIFY(!posts.isBest && !posts.canAnswer && !posts.needsSignIn);
    }
}

void MastodonFinderTest::postLeadsToItsAuthor()
{
    MastodonBench bench;
    const QString id = bench.server->post(QStringLiteral("mira"), QStringLiteral("hello"));
    auto findings = find(bench, QStringLiteral("https://social.example/@mira/") + id);
    QVERIFY(findings && !findings->isEmpty());
    QCOMPARE(findings->first().address, QStringLiteral("@mira@social.example"));
    const QString far = bench.server->post(QStringLiteral("jo@far.example"), QStringLiteral("hello"));
    findings = find(bench, QStringLiteral("https://social.example/@jo@far.example/") + far);
    QVERIFY(findings && !findings->isEmpty());
    QCOMPARE(findings->first().address, QStringLiteral("@jo@far.example"));
}

void MastodonFinderTest::hashtagAndServer()
{
    MastodonBench bench;
    for (const auto &address :
         {QStringLiteral("#help@social.example"), QStringLiteral("https://social.example/tags/help")}) {
        const auto findings = find(bench, address);
        QVERIFY(findings);
        QCOMPARE(findings->size(), 1);
        QCOMPARE(findings->first().address, QStringLiteral("#help@social.example"));
        QCOMPARE(findings->first().what, QStringLiteral("hashtag"));
        QVERIFY(!findings->first().needsSignIn);
    }
    const auto server = find(bench, QStringLiteral("social.example"));
    QVERIFY(server);
    QCOMPARE(server->first().name, QStringLiteral("Fake place"));
    QVERIFY(server->first().needsSignIn);
}

void MastodonFinderTest::othersAreNotFound()
{
    MastodonBench bench;
    auto site = std::make_shared<WebSite>();
    bench.transport.add(site);
    for (const int status : {404, 200, 403, 500}) {
        site->pageStatus = status;
        const auto findings = find(bench, QStringLiteral("https://blog.example/@me"));
        QVERIFY(!findings || findings->isEmpty());
    }
    bench.transport.forgetRequests();
    for (const auto &nonsense :
         {QStringLiteral("https://blog.example/2026/post"), QStringLiteral("hello"), QString()}) {
        const auto findings = find(bench, nonsense);
        QVERIFY(findings && findings->isEmpty());
    }
    QVERIFY(bench.transport.requests().empty());
    QVERIFY(find(bench, QStringLiteral("@nobody@social.example"))->isEmpty());
    QCOMPARE(find(bench, QStringLiteral("@a@unreachable.example")).error().kind, ErrorKind::transient);
}

void MastodonFinderTest::handleOfAnotherHost()
{
    MastodonBench bench;
    auto site = std::make_shared<WebSite>();
    site->finger =
        R"({"subject":"acct:brand@blog.example","links":[{"rel":"self","href":"https://social.example/users/brand"}]})";
    bench.transport.add(site);
    const auto findings = find(bench, QStringLiteral("@brand@blog.example"));
    QVERIFY(findings && !findings->isEmpty());
    QCOMPARE(findings->first().address, QStringLiteral("@brand@social.example"));
}

QTEST_GUILESS_MAIN(MastodonFinderTest)
#include "tst_mastodonfinder.moc"
