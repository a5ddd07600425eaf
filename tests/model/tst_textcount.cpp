// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/textcount.h"
#include "model/textspans.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Earshot;

namespace {

Capabilities limits(CountRule rule, int maxLength, int perUrl = 23)
{
    Capabilities capabilities;
    capabilities.countRule = rule;
    capabilities.maxLength = maxLength;
    capabilities.perUrl = perUrl;
    return capabilities;
}

QString a(int count)
{
    return QString(count, u'a');
}

} // namespace

class TextCountTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mastodon_data();
    void mastodon();
    void rules_data();
    void rules();
    void bothLimitsOfBlueskyHold_data();
    void bothLimitsOfBlueskyHold();
    void spans_data();
    void spans();
    void cutIsOnABorder();
    void partsFit();
    void nothingIsCutInside();
    void noLimitNoParts();
    void longTextsAreSplitInTime();
};

void TextCountTest::mastodon_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("warning");
    QTest::addColumn<int>("used");
    QTest::addColumn<qsizetype>("cutAt");
    const QString b30(30, u'b');
    const QString family = QString::fromUtf8("👨‍👩‍👧‍👦");
    QTest::newRow("empty") << QString() << QString() << 0 << qsizetype(-1);
    QTest::newRow("address") << QString(a(476) + QStringLiteral(" http://") + b30 + QStringLiteral(".com/example"))
                             << QString() << 500 << qsizetype(-1);
    QTest::newRow("address over") << QString(a(477) + QStringLiteral(" http://") + b30 + QStringLiteral(".com/example"))
                                  << QString() << 501 << qsizetype(478);
    QTest::newRow("handle") << QString(a(475) + QStringLiteral(" @alice@") + b30 + QStringLiteral(".com")) << QString()
                            << 482 << qsizetype(-1);
    QTest::newRow("warning") << a(251) << a(250) << 501 << qsizetype(250);
    QTest::newRow("warning alone") << a(1) << a(501) << 502 << qsizetype(0);
    QTest::newRow("families") << family.repeated(500) << QString() << 500 << qsizetype(-1);
    QTest::newRow("one family more") << family.repeated(501) << QString() << 501 << family.size() * 500;
    QTest::newRow("address in the warning")
        << QStringLiteral("x") << QStringLiteral("https://example.com/a/long/path/here") << 37 << qsizetype(-1);
    QTest::newRow("no protocol") << QStringLiteral("example.com/a/long/path/that/counts") << QString() << 35
                                 << qsizetype(-1);
    QTest::newRow("short address counts more") << QStringLiteral("http://a.co") << QString() << 23 << qsizetype(-1);
}

void TextCountTest::mastodon()
{
    QFETCH(const QString, text);
    QFETCH(const QString, warning);
    QFETCH(const int, used);
    QFETCH(const qsizetype, cutAt);
    const TextCount count = countText(text, warning, limits(CountRule::mastodon, 500));
    QCOMPARE(count.used, used);
    QCOMPARE(count.limit, 500);
    QCOMPARE(count.cutAt, cutAt);
    QCOMPARE(count.isTooLong(), used > 500);
}

void TextCountTest::rules_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("points");
    QTest::addColumn<int>("graphemes");
    QTest::addColumn<int>("bytes");
    QTest::newRow("ASCII") << QStringLiteral("Hello!") << 6 << 6 << 6;
    QTest::newRow("family") << QString::fromUtf8("👨‍👩‍👧‍👧") << 7 << 1 << 25;
    QTest::newRow("mixed") << QString::fromUtf8("👨‍👩‍👧‍👧🔥 good!✅") << 15 << 9 << 38;
    QTest::newRow("planes") << QString::fromUtf8("a~öñ©⽘☎\U000132d3😀👨‍👩‍👧‍👧") << 16 << 10
                            << 47;
    QTest::newRow("combining") << QString::fromUtf8("e\u0301\u0302") << 3 << 1 << 5;
    QTest::newRow("flags") << QString::fromUtf8("🇩🇪🇫🇷") << 4 << 2 << 16;
    QTest::newRow("skin") << QString::fromUtf8("👍🏽") << 2 << 1 << 8;
    QTest::newRow("keycap") << QString::fromUtf8("1\uFE0F\u20E3") << 3 << 1 << 7;
    QTest::newRow("line end") << QStringLiteral("a\r\nb") << 4 << 3 << 4;
}

void TextCountTest::rules()
{
    QFETCH(const QString, text);
    QTEST(countText(text, {}, limits(CountRule::codePoints, 0)).used, "points");
    QTEST(countText(text, {}, limits(CountRule::graphemes, 0)).used, "graphemes");
    QTEST(countText(text, {}, limits(CountRule::utf8Bytes, 0)).used, "bytes");
    QCOMPARE(countText(text, {}, limits(CountRule::graphemes, 0)).cutAt, -1);
    // The warning counts where the network counts it only.
    QTEST(countText(text, a(9), limits(CountRule::graphemes, 0)).used, "graphemes");
}

void TextCountTest::bothLimitsOfBlueskyHold_data()
{
    // Each as the network's own server judged it.
    QTest::addColumn<QString>("piece");
    QTest::addColumn<int>("most");
    QTest::newRow("ASCII") << QStringLiteral("a") << 300;
    QTest::newRow("flags") << QString::fromUtf8("🇩🇪") << 300;
    QTest::newRow("skin tones") << QString::fromUtf8("👍🏽") << 300;
    QTest::newRow("combining") << QString::fromUtf8("e\u0301") << 300;
    QTest::newRow("line ends") << QStringLiteral("\r\n") << 300;
    QTest::newRow("Hangul") << QString::fromUtf8("\u1100\u1161\u11A8") << 300;
    QTest::newRow("Devanagari conjunct") << QString::fromUtf8("क्ष") << 300;
    QTest::newRow("Malayalam conjunct") << QString::fromUtf8("ക്ഷ") << 300;
    QTest::newRow("three conjoined") << QString::fromUtf8("स्त्र") << 200;
    QTest::newRow("Arabic") << QString::fromUtf8("م\u0651") << 300;
    // 25 bytes each: 3,000 bytes are 120 of them.
    QTest::newRow("families") << QString::fromUtf8("👨‍👩‍👧‍👦") << 120;
}

void TextCountTest::bothLimitsOfBlueskyHold()
{
    QFETCH(const QString, piece);
    QFETCH(const int, most);
    const Capabilities limit = limits(CountRule::bluesky, 300);
    QVERIFY(!countText(piece.repeated(most), {}, limit).isTooLong());
    const TextCount over = countText(piece.repeated(most + 1), {}, limit);
    QVERIFY(over.isTooLong());
    QCOMPARE(over.cutAt, piece.size() * most);
    const QStringList parts = splitText(piece.repeated(most * 2), limit);
    for (const QString &part : parts)
        QVERIFY(!countText(part, {}, limit).isTooLong());
    QCOMPARE(parts.join(QString()).size(), QString(piece.repeated(most * 2).trimmed()).size());
}

void TextCountTest::spans_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char *text, const char *found) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(found).split(u' ', Qt::SkipEmptyParts);
    };
    row("see https://example.com.", "https://example.com");
    row("(https://en.example.org/wiki/A_(b))", "https://en.example.org/wiki/A_(b)");
    row("https://example.com/a?b=c&d=e#f, and", "https://example.com/a?b=c&d=e#f");
    row("HTTP://Example.COM:8080/x!", "HTTP://Example.COM:8080/x");
    row("xhttps://example.com https://localhost https:// http://.com http://1.2", "");
    row("https://münchen.example/ß", "https://münchen.example/ß");
    row("@alice hi @bob@social.example. a@b.example", "@alice @bob@social.example");
    row("@a.b- (@c_) /@d @ @. @@e", "@a.b @c_ @e");
    row("https://social.example/@alice/1", "https://social.example/@alice/1");
}

void TextCountTest::spans()
{
    QFETCH(const QString, text);
    QStringList found;
    for (const TextSpan &span : textSpans(text))
        found += text.sliced(span.start, span.size);
    QTEST(found, "found");
}

void TextCountTest::cutIsOnABorder()
{
    const QString text = QString::fromUtf8("ab👨‍👩‍👧‍👧c");
    QCOMPARE(countText(text, {}, limits(CountRule::graphemes, 2)).cutAt, 2);
    QCOMPARE(countText(text, {}, limits(CountRule::utf8Bytes, 10)).cutAt, 2);
    QCOMPARE(countText(text, {}, limits(CountRule::codePoints, 5)).cutAt, 2);
}

void TextCountTest::partsFit()
{
    const QString text = QStringLiteral(
        "First paragraph is here.\n\nSecond one. It has two sentences, see https://example.com/page now. "
        "And @somebody@far.example is named in a longer sentence without an end that goes on and on");
    for (const CountRule rule :
         {CountRule::codePoints, CountRule::graphemes, CountRule::mastodon, CountRule::utf8Bytes}) {
        for (const int limit : {30, 40, 60, 100, 1000}) {
            const QStringList parts = splitText(text, limits(rule, limit));
            for (const QString &part : parts)
                QVERIFY2(!countText(part, {}, limits(rule, limit)).isTooLong(), qPrintable(part));
            // Nothing but the white space at the cuts is lost.
            QCOMPARE(parts.join(u' ').simplified(), text.simplified());
        }
    }
    QCOMPARE(splitText(text, limits(CountRule::graphemes, 40)).first(), QStringLiteral("First paragraph is here."));
    QCOMPARE(splitText(QStringLiteral("One. Two three. Four five"), limits(CountRule::graphemes, 20)),
             (QStringList{QStringLiteral("One. Two three."), QStringLiteral("Four five")}));
}

void TextCountTest::nothingIsCutInside()
{
    const QString family = QString::fromUtf8("👨‍👩‍👧‍👧");
    for (const QString &part : splitText(family.repeated(25), limits(CountRule::graphemes, 10)))
        QCOMPARE(part.size() % family.size(), 0);
    for (const QString &part : splitText(family.repeated(3), limits(CountRule::utf8Bytes, 30)))
        QCOMPARE(part, family);
    // Longer than the limit: whole all the same, the server is the judge.
    const QString address = QStringLiteral("https://example.com/") + a(80);
    QCOMPARE(splitText(QString(QStringLiteral("look: ") + address + QStringLiteral(" there")),
                       limits(CountRule::graphemes, 50)),
             (QStringList{QStringLiteral("look:"), address, QStringLiteral("there")}));
    const QStringList words = splitText(a(95), limits(CountRule::graphemes, 40));
    QCOMPARE(words, (QStringList{a(40), a(40), a(15)}));
}

void TextCountTest::noLimitNoParts()
{
    QCOMPARE(splitText(a(5000), limits(CountRule::graphemes, 0)), QStringList{a(5000)});
    QCOMPARE(splitText(QString(), limits(CountRule::graphemes, 10)), QStringList{QString()});
    QCOMPARE(splitText(QStringLiteral(" kept as it is "), limits(CountRule::graphemes, 100)),
             QStringList{QStringLiteral(" kept as it is ")});
}

void TextCountTest::longTextsAreSplitInTime()
{
    QElapsedTimer timer;
    timer.start();
    for (const QString &unit : {QStringLiteral("word "), QString(QChar(0x0301)), QStringLiteral("@a@-"),
                                QStringLiteral("http://a."), QString::fromUtf8("😀\u200D")}) {
        const QString text = unit.repeated(1'000'000 / unit.size());
        QVERIFY(countText(text, {}, limits(CountRule::mastodon, 500)).used > 0);
        QVERIFY(!splitText(text, limits(CountRule::mastodon, 500)).isEmpty());
    }
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_APPLESS_MAIN(TextCountTest)
#include "tst_textcount.moc"
