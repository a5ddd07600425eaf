// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/channelchoice.h"

#include <QTest>

using namespace Earshot;

namespace {

/// What a blog may turn out to be.
QList<Finding> blog()
{
    Finding site;
    site.network = Network::wordpress;
    site.address = QStringLiteral("https://blog.example/");
    site.needsUser = true;
    site.needsPassword = true;
    site.isBest = true;
    Finding comments;
    comments.address = QStringLiteral("https://blog.example/comments/feed/");
    Finding posts;
    posts.address = QStringLiteral("https://blog.example/feed/");
    Finding account;
    account.network = Network::mastodon;
    account.address = QStringLiteral("@blog@blog.example");
    account.needsSignIn = true;
    return {site, comments, posts, account};
}

} // namespace

class ChannelChoiceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneIsChosen_data();
    void oneIsChosen();
    void namedNetworkWithoutSecretListens();
    void whatIsNeededIsNamed();
    void nothingOfThatNetwork();
    void oneOfTwoWaysSuffices();
};

void ChannelChoiceTest::oneIsChosen_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("network");
    QTest::addColumn<QString>("given");  // u, p, t, b
    QTest::addColumn<QString>("chosen"); // empty: refused
    const auto row = [](const char *typed, const char *network, const char *given, const char *chosen) {
        QTest::addRow("%s %s %s", typed, network, given) << QString::fromUtf8(typed) << QString::fromUtf8(network)
                                                         << QString::fromUtf8(given) << QString::fromUtf8(chosen);
    };
    row("blog.example", "", "up", "https://blog.example/");
    row("blog.example", "", "", "");
    row("blog.example", "", "u", "");
    row("blog.example", "feed", "", "https://blog.example/comments/feed/");
    row("https://blog.example/feed", "", "", "https://blog.example/feed/");
    row("https://blog.example/feed", "feed", "", "https://blog.example/feed/");
    row("https://blog.example/feed/", "wordpress", "up", "https://blog.example/");
    row("blog.example", "", "t", "@blog@blog.example");
    row("blog.example", "mastodon", "t", "@blog@blog.example");
    row("@blog@blog.example", "", "", "");
    row("@blog@blog.example", "", "b", "@blog@blog.example");
    row("https://blog.example/", "wordpress", "b", "");
    row("blog.example", "bluesky", "", "");
}

void ChannelChoiceTest::oneIsChosen()
{
    QFETCH(QString, typed);
    QFETCH(QString, network);
    QFETCH(QString, given);
    QFETCH(QString, chosen);
    const ChannelWish wish{typed,
                           fromWord<Network>(network),
                           given.contains(QLatin1Char('u')),
                           given.contains(QLatin1Char('p')),
                           given.contains(QLatin1Char('t')),
                           given.contains(QLatin1Char('b'))};
    const Result<Finding> finding = chooseFinding(blog(), wish);
    QCOMPARE(finding ? finding->address : QString(), chosen);
}

void ChannelChoiceTest::namedNetworkWithoutSecretListens()
{
    Finding account;
    account.network = Network::bluesky;
    account.address = QStringLiteral("@mira.example");
    account.needsPassword = true;
    account.isBest = true;
    Finding posts = account;
    posts.needsPassword = false;
    posts.isBest = false;
    const auto answers = [&](std::optional<Network> network, bool hasPassword) {
        const ChannelWish wish{account.address, network, false, hasPassword, false};
        const Result<Finding> finding = chooseFinding({account, posts}, wish);
        return finding ? std::optional(finding->needsPassword) : std::nullopt;
    };
    QCOMPARE(answers(Network::bluesky, false), std::optional(false));
    QCOMPARE(answers(Network::bluesky, true), std::optional(true));
    // Without a word on what is meant, what is missing is named.
    QCOMPARE(answers({}, false), std::nullopt);
}

void ChannelChoiceTest::whatIsNeededIsNamed()
{
    const Result<Finding> finding = chooseFinding(blog(), {QStringLiteral("blog.example"), {}, false, false, false});
    QVERIFY(!finding.has_value());
    QCOMPARE(finding.error().kind, ErrorKind::invalid);
    for (const char *part : {"--user NAME", "--password-file FILE", "--network feed"})
        QVERIFY2(finding.error().detail.contains(QString::fromLatin1(part)), qPrintable(finding.error().detail));
}

void ChannelChoiceTest::nothingOfThatNetwork()
{
    const Result<Finding> finding =
        chooseFinding(blog(), {QStringLiteral("blog.example"), Network::bluesky, false, false, false});
    QVERIFY(!finding.has_value());
    QCOMPARE(finding.error().kind, ErrorKind::notFound);
    QVERIFY(finding.error().detail.contains(QStringLiteral("@blog@blog.example (mastodon)")));
    QCOMPARE(chooseFinding({}, {QStringLiteral("x"), {}, false, false, false}).error().kind, ErrorKind::notFound);
}

void ChannelChoiceTest::oneOfTwoWaysSuffices()
{
    Finding account;
    account.network = Network::bluesky;
    account.needsUser = account.needsPassword = account.needsSignIn = true;
    ChannelWish wish;
    QCOMPARE(missingOptions(account, wish),
             (QStringList{QStringLiteral("--user NAME"),
                          QStringLiteral("--password-file FILE (an application password) or --browser")}));
    wish.hasBrowser = true;
    QCOMPARE(missingOptions(account, wish), QStringList());
    wish.hasBrowser = false;
    wish.hasPassword = true;
    QCOMPARE(missingOptions(account, wish), QStringList{QStringLiteral("--user NAME")});
    // A browser is no way into what has none.
    account.needsSignIn = false;
    wish = {};
    wish.hasBrowser = true;
    QCOMPARE(missingOptions(account, wish).size(), 2);
}

QTEST_APPLESS_MAIN(ChannelChoiceTest)
#include "tst_channelchoice.moc"
