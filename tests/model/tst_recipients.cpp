// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recipients.h"

#include <QTest>

using namespace Earshot;

/// Who hears of a reply, and what stands in it for that.
class RecipientsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoIsNamed_data();
    void whoIsNamed();
    void onlyMissingNamesAreAdded_data();
    void onlyMissingNamesAreAdded();
    void namesInATextAreFound_data();
    void namesInATextAreFound();
    void warnings();
};

void RecipientsTest::whoIsNamed_data()
{
    QTest::addColumn<Network>("network");
    QTest::addColumn<QString>("author");
    QTest::addColumn<QStringList>("mentions");
    QTest::addColumn<Visibility>("answered");
    QTest::addColumn<Visibility>("reply");
    QTest::addColumn<QStringList>("names");
    using enum Visibility;
    const QString mira = QStringLiteral("@mira@social.example");
    const QString jo = QStringLiteral("@jo@far.example");
    const auto row = [](const char *name, const QString &author, const QStringList &mentions, Visibility answered,
                        Visibility reply, const QStringList &names, Network network = Network::mastodon) {
        QTest::newRow(name) << network << author << mentions << answered << reply << names;
    };
    row("the author", mira, {}, everyone, everyone, {mira});
    row("and who was named", mira, {jo}, everyone, everyone, {mira, jo});
    row("each once", mira, {jo, mira, jo}, everyone, unlisted, {mira, jo});
    row("aside: the author alone", mira, {jo}, everyone, direct, {mira});
    row("aside from followers", mira, {jo}, followers, direct, {mira});
    row("private among several", mira, {jo}, direct, direct, {mira, jo});
    row("out of a private one", mira, {jo}, direct, everyone, {mira, jo});
    row("below our own post", {}, {mira, jo}, everyone, everyone, {mira, jo});
    row("below our own post, aside", {}, {mira}, everyone, direct, {mira});
    row("no handle", QStringLiteral("mira@mail.example"), {}, everyone, everyone, {});
    row("comments tell nobody", mira, {jo}, everyone, everyone, {}, Network::wordpress);
    row("feeds tell nobody", mira, {jo}, everyone, everyone, {}, Network::feed);
}

void RecipientsTest::whoIsNamed()
{
    QFETCH(Network, network);
    QFETCH(QString, author);
    QFETCH(QStringList, mentions);
    QFETCH(Visibility, answered);
    QFETCH(Visibility, reply);
    QFETCH(QStringList, names);
    QCOMPARE(recipientsOf(network, {author, mentions, answered}, reply), names);
}

void RecipientsTest::onlyMissingNamesAreAdded_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("added");
    const QString mira = QStringLiteral("@mira@social.example ");
    const QString jo = QStringLiteral("@jo@far.example ");
    QTest::newRow("none stands there") << QStringLiteral("hello") << mira + jo;
    QTest::newRow("both stand there") << QStringLiteral("hello @MIRA and @jo@far.example!") << QString();
    QTest::newRow("a stranger's namesake") << QStringLiteral("@jo hello @mira@social.example.") << jo;
    QTest::newRow("longer names") << QStringLiteral("@mirabel @jo@far.example.org") << mira + jo;
    QTest::newRow("within an address") << QStringLiteral("https://x.example/@mira") << mira + jo;
}

void RecipientsTest::onlyMissingNamesAreAdded()
{
    QFETCH(QString, text);
    QFETCH(QString, added);
    const QStringList recipients{QStringLiteral("@mira@social.example"), QStringLiteral("@jo@far.example")};
    QCOMPARE(missingNames(recipients, text, QStringLiteral("Social.example")), added);
    QCOMPARE(missingNames({}, text, QStringLiteral("social.example")), QString());
}

void RecipientsTest::namesInATextAreFound_data()
{
    QTest::addColumn<Network>("network");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("names");
    const auto row = [](const char *name, Network network, const char *text, const QStringList &names) {
        QTest::newRow(name) << network << QString::fromUtf8(text) << names;
    };
    const QString jo = QStringLiteral("@jo@far.example");
    row("none", Network::mastodon, "at 5 @ the desk, info@far.example", {});
    row("one", Network::mastodon, "@jo@far.example: see", {jo});
    row("at an end", Network::mastodon, "ask (@jo@far.example).", {jo});
    row("each once", Network::mastodon, "@jo@far.example @jo@far.example", {jo});
    row("one of ours", Network::mastodon, "ask @max.m.", {QStringLiteral("@max.m@social.example")});
    row("no server", Network::mastodon, "ask @max@far", {});
    row("within an address", Network::mastodon, "https://x.example/@jo?a=@jo", {});
    row("beside letters", Network::mastodon, "\xc3\xbc@jo", {});
    const QString handle = QStringLiteral("@jo.far.example");
    row("a handle", Network::bluesky, "ask @jo.far.example. Or (@jo.far.example)", {handle});
    row("no handle", Network::bluesky, "ask @jo, a@jo.far.example or -@jo.far.example", {});
    row("comments name nobody", Network::wordpress, "@jo@far.example @jo.far.example", {});
    row("feeds name nobody", Network::feed, "@jo@far.example @jo.far.example", {});
}

void RecipientsTest::namesInATextAreFound()
{
    QFETCH(Network, network);
    QFETCH(QString, text);
    QFETCH(QStringList, names);
    QCOMPARE(namedIn(network, text, QStringLiteral("social.example")), names);
}

void RecipientsTest::warnings()
{
    QCOMPARE(warningOf({}, {}), QString());
    QCOMPARE(warningOf({}, QStringLiteral("parcel")), QStringLiteral("re: parcel"));
    QCOMPARE(warningOf({}, QStringLiteral("Re: parcel")), QStringLiteral("Re: parcel"));
    QCOMPARE(warningOf(QStringLiteral("own"), QStringLiteral("parcel")), QStringLiteral("own"));
}

QTEST_GUILESS_MAIN(RecipientsTest)
#include "tst_recipients.moc"
