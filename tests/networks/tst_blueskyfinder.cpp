// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybench.h"

using namespace Earshot;

class BlueskyFinderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsFound_data();
    void whatIsFound();
    void olderServersTakePasswordsAlone();
    void bareNamesAreAskedAtHomeAlone();
    void foundAddressesConnect();
};

void BlueskyFinderTest::whatIsFound_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QStringList>("found"); ///< "what address needs"
    const QStringList person{QStringLiteral("account @mira.pds.example password browser"),
                             QStringLiteral("posts @mira.pds.example")};
    const auto row = [](const char *address, const QStringList &found) {
        QTest::newRow(address) << QString::fromLatin1(address) << found;
    };
    row("@mira.pds.example", person);
    row("@Mira.PDS.example ", person);
    row("mira.pds.example", person);
    row("https://bsky.app/profile/mira.pds.example", person);
    row("https://bsky.app/profile/mira.pds.example/post/3n2uehs7dcc27", person);
    row("at://mira.pds.example/app.bsky.feed.post/3n2uehs7dcc27", person);
    row("https://pds.example/", {QStringLiteral("account https://pds.example/ user password browser")});
    row("https://pds.example/profile/mira.pds.example",
        {QStringLiteral("account https://pds.example/profile/mira.pds.example password browser")});
    row("https://bsky.app/hashtag/lamp", {QStringLiteral("hashtag https://bsky.app/hashtag/lamp")});
    row("https://bsky.app/search?q=blue lamp", {QStringLiteral("search https://bsky.app/search?q=blue%20lamp")});
    row("@nobody.pds.example", {});
}

void BlueskyFinderTest::whatIsFound()
{
    QFETCH(const QString, address);
    QFETCH(const QStringList, found);
    BlueskyBench bench;
    const auto findings = await(discover(address, NetworkSetting{.http = &bench.transport, .clock = &bench.clock}));
    QStringList told;
    if (findings) {
        for (const Finding &finding : *findings) {
            QCOMPARE(finding.network, Network::bluesky);
            QString line = finding.what + QLatin1Char(' ') + finding.address;
            if (finding.needsUser)
                line += QLatin1StringView(" user");
            if (finding.needsPassword)
                line += QLatin1StringView(" password");
            if (finding.needsSignIn)
                line += QLatin1StringView(" browser");
            QCOMPARE(finding.canAnswer, finding.needsPassword);
            QVERIFY(!finding.name.isEmpty());
            told.append(line);
        }
        if (!findings->isEmpty())
            QVERIFY(findings->first().isBest);
    }
    QCOMPARE(told, found);
    for (const HttpRequest &request : bench.transport.requests())
        QVERIFY(!request.hasEffect);
}

void BlueskyFinderTest::olderServersTakePasswordsAlone()
{
    BlueskyBench bench;
    bench.server->signIns().setOffered(false);
    const auto findings = await(
        discover(QStringLiteral("@mira.pds.example"), NetworkSetting{.http = &bench.transport, .clock = &bench.clock}));
    QVERIFY(findings);
    QVERIFY(findings->first().needsPassword && !findings->first().needsSignIn);
}

void BlueskyFinderTest::bareNamesAreAskedAtHomeAlone()
{
    // It may as well be a site: nobody else learns that it was pasted.
    BlueskyBench bench;
    static_cast<void>(await(
        discover(QStringLiteral("shop.example"), NetworkSetting{.http = &bench.transport, .clock = &bench.clock})));
    QVERIFY(!bench.transport.requests().empty());
    for (const HttpRequest &request : bench.transport.requests())
        QCOMPARE(request.url.host(), QStringLiteral("shop.example"));
}

void BlueskyFinderTest::foundAddressesConnect()
{
    for (const char *address :
         {"@brand.pds.example", "https://pds.example/profile/brand.pds.example", "https://pds.example/"}) {
        BlueskyBench bench;
        const QString asked = bench.server->post(QStringLiteral("mira"), QStringLiteral("@brand.pds.example help"));
        bench.access.address = QString::fromLatin1(address);
        bench.access.user =
            bench.access.address.endsWith(QLatin1Char('/')) ? QStringLiteral("@brand.pds.example") : QString();
        bench.restart();
        const auto account = await(bench.connector->check());
        QVERIFY2(account, address);
        QCOMPARE(account->id, bench.server->didOf(QStringLiteral("brand")));
        QCOMPARE(account->baseUrl.host(), QStringLiteral("pds.example"));
        QVERIFY(bench.pull());
        QCOMPARE(bench.missing({asked}), QStringList());
    }
}

QTEST_GUILESS_MAIN(BlueskyFinderTest)
#include "tst_blueskyfinder.moc"
