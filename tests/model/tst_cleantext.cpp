// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/htmltext.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTextBoundaryFinder>

using namespace Earshot;

class CleanTextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clean_data();
    void clean();
    void marksAreLimited();
    void lineIsOneLine();
    void cutOnAGraphemeBorder();
    void cutKeepsDirectionsClosed();
    void floodsEnd_data();
    void floodsEnd();
};

void CleanTextTest::clean_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &text, const QString &expected) {
        QTest::newRow(name) << text << expected;
    };
    row("plain", QStringLiteral("a b"), QStringLiteral("a b"));
    row("line ends", QStringLiteral("a\r\nb\rc\nd\u2028e\u2029f"), QStringLiteral("a\nb\nc\nd\ne\nf"));
    row("controls", QString::fromUtf8("a\x01\x1b[31mb\x7f\u009bc\td", -1), QStringLiteral("a[31mbc\td"));
    row("NUL", QString(QStringLiteral("a") + QChar() + u'b'), QStringLiteral("ab"));
    row("NFC", QString::fromUtf8("e\u0301"), QString::fromUtf8("é"));
    row("lone surrogates", QString(QStringLiteral("a") + QChar(0xD83D) + u'b' + QChar(0xDE00) + u'c'),
        QStringLiteral("abc"));
    row("pairs stay", QString::fromUtf8("a😀b"), QString::fromUtf8("a😀b"));
    row("byte order mark", QString(QChar(0xFEFF) + QStringLiteral("a") + QChar(0xFFFF)), QStringLiteral("a"));
    row("blank lines", QStringLiteral("\n\na\n\n\n\n\n\n \nb  \nc\n\n"), QStringLiteral("a\n\n\n\nb\nc"));
    row("override", QString::fromUtf8("x\u202Egpj.exe"), QString::fromUtf8("x\u202Egpj.exe\u202C"));
    row("closed at the line's end", QString::fromUtf8("\u202Ea\nb"), QString::fromUtf8("\u202Ea\u202C\nb"));
    row("stray ends", QString::fromUtf8("a\u202C\u2069b"), QStringLiteral("ab"));
    row("isolate over embedding", QString::fromUtf8("\u2067a\u202Bb\u2069c"),
        QString::fromUtf8("\u2067a\u202Bb\u202C\u2069c"));
    row("embedding cannot end an isolate", QString::fromUtf8("\u202Aa\u2066b\u202Cc"),
        QString::fromUtf8("\u202Aa\u2066bc\u2069\u202C"));
    row("zero width", QString::fromUtf8("a\u200B\u200B\u200B\u200B\u200Bb"), QString::fromUtf8("a\u200B\u200Bb"));
    row("family", QString::fromUtf8("👨‍👩‍👧‍👦"), QString::fromUtf8("👨‍👩‍👧‍👦"));
    row("hidden tags", QString::fromUtf8("a\U000E0041\U000E0042b"), QStringLiteral("ab"));
    row("letters of the index", QString::fromUtf8("a\uE001\U00100000\U00104003b\uF8FF\U000F0001"),
        QString::fromUtf8("ab\uF8FF\U000F0001"));
    row("flag of England", QString::fromUtf8("🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
        QString::fromUtf8("🏴󠁧󠁢󠁥󠁮󠁧󠁿"));
}

void CleanTextTest::clean()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    QCOMPARE(cleanText(text), expected);
    QCOMPARE(cleanText(expected), expected);
}

void CleanTextTest::marksAreLimited()
{
    const QString flood = QStringLiteral("Z") + QString(1000, QChar(0x0335)) + QStringLiteral("y");
    QCOMPARE(cleanText(flood), QString(QStringLiteral("Z") + QString(30, QChar(0x0335)) + u'y'));
    // A zero-width character between them does not begin a new count.
    const QString mixed = QString(QString(QChar(0x0335)) + QChar(0x200D)).repeated(1000);
    QVERIFY(cleanText(u'Z' + mixed).size() <= 33);
}

void CleanTextTest::lineIsOneLine()
{
    QCOMPARE(cleanLine(QStringLiteral("  a\n\n b\t\tc\r\n")), QStringLiteral("a b c"));
    QCOMPARE(cleanLine(QString(300, u'x')).size(), 200);
    QVERIFY(cleanLine(QString(300, u'x')).endsWith(u'…'));
    QCOMPARE(cleanLine(QString::fromUtf8("\u202Eevil")), QString::fromUtf8("\u202Eevil\u202C"));
}

void CleanTextTest::cutOnAGraphemeBorder()
{
    const QString family = QString::fromUtf8("👨‍👩‍👧‍👦");
    const QString text = family.repeated(40);
    for (qsizetype length = 0; length < 40; ++length) {
        const QString cut = cleanText(text, length);
        QVERIFY(cut.size() <= length);
        if (length > 0)
            QCOMPARE(cut, QString(text.first((length - 1) / family.size() * family.size()) + u'…'));
    }
    QCOMPARE(cleanText(QStringLiteral("abcdef"), 6), QStringLiteral("abcdef"));
    QCOMPARE(cleanText(QStringLiteral("ab  cdef"), 5), QStringLiteral("ab…"));
    QCOMPARE(cleanText(QStringLiteral("abc"), 0), QString());
}

void CleanTextTest::cutKeepsDirectionsClosed()
{
    const QString text = QString::fromUtf8("\u2067\u202E") + QString(50, u'x') + QString::fromUtf8("\u202C\u2069");
    const QString cut = cleanText(text, 20);
    QCOMPARE(cut.size(), 20);
    QVERIFY(cut.endsWith(QString::fromUtf8("…\u202C\u2069")));
}

void CleanTextTest::floodsEnd_data()
{
    QTest::addColumn<QString>("unit");
    QTest::newRow("marks out of order") << QString::fromUtf8("\u0301\u0316");
    QTest::newRow("zero width") << QString::fromUtf8("\u200B\u200D");
    QTest::newRow("overrides") << QString::fromUtf8("\u202Ex");
    QTest::newRow("isolates and embeddings") << QString::fromUtf8("\u2066\u202A");
    QTest::newRow("closers") << QString::fromUtf8("\u2066\u202C\u2069");
    QTest::newRow("surrogates") << QString(QChar(0xD800));
    QTest::newRow("lines") << QStringLiteral("\n");
    QTest::newRow("spaces") << QStringLiteral(" x\n ");
    QTest::newRow("joined emoji") << QString::fromUtf8("😀\u200D");
    QTest::newRow("flags") << QString::fromUtf8("🇩");
    QTest::newRow("expanding") << QString::fromUtf8("\uFB2C");
    QTest::newRow("jamo") << QString::fromUtf8("\u1100");
}

void CleanTextTest::floodsEnd()
{
    QFETCH(const QString, unit);
    const QString text = u'a' + unit.repeated(5'000'000 / unit.size());
    QElapsedTimer timer;
    timer.start();
    const QString clean = cleanText(text);
    const QString line = cleanLine(text);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(clean.size() <= 100'000);
    QVERIFY(line.size() <= 200);
    QCOMPARE(cleanText(clean), clean);
    QVERIFY(clean.isValidUtf16());
}

QTEST_APPLESS_MAIN(CleanTextTest)
#include "tst_cleantext.moc"
