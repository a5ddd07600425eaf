// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/output.h"
#include "cli/table.h"
#include "cli/terminaltext.h"
#include "desk/csv.h"
#include "desk/exportwriter.h"
#include "desk/rowjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Earshot;

class OutputTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsAreQuoted_data();
    void fieldsAreQuoted();
    void recordEndsWithCrLf();
    void exportedRowsKeepTheirColumns();
    void terminalIsNotSteered_data();
    void terminalIsNotSteered();
    void widthsAreCounted_data();
    void widthsAreCounted();
    void textIsCutOnGraphemes_data();
    void textIsCutOnGraphemes();
    void columnsAreAligned();
    void jsonHasNoControlCharacters();
};

void OutputTest::fieldsAreQuoted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const char *text, const char *field) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(field);
    };
    row("plain", "Grüße", "Grüße");
    row("empty", "", "");
    row("comma", "a,b", "\"a,b\"");
    row("quote", "say \"hi\"", "\"say \"\"hi\"\"\"");
    row("line feed", "a\nb", "\"a\nb\"");
    row("carriage return", "a\rb", "\"a\rb\"");
    row("equals", "=1+1", "'=1+1");
    row("formula with quotes", "=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    row("plus", "+49", "'+49");
    row("minus", "-2", "'-2");
    row("handle", "@mira@social.example", "'@mira@social.example");
    row("tab", "\t=1", "'\t=1");
    row("return first", "\r=1", "\"'\r=1\"");
    row("equals later", "a=1", "a=1");
}

void OutputTest::fieldsAreQuoted()
{
    QFETCH(QString, text);
    QTEST(csvField(text), "field");
}

void OutputTest::recordEndsWithCrLf()
{
    QCOMPARE(csvRecord({QString(), QStringLiteral("ü"), QString()}), QByteArray(",\xc3\xbc,\r\n"));
}

void OutputTest::exportedRowsKeepTheirColumns()
{
    const QJsonObject row{
        {QStringLiteral("id"), 4411},
        {QStringLiteral("tags"), QJsonArray{QStringLiteral("a"), QStringLiteral("b")}},
        {QStringLiteral("assignee"), QJsonValue()},
        {QStringLiteral("isPrivate"), true},
        {QStringLiteral("message"), qint64(1) << 60},
        {QStringLiteral("remoteState"), QJsonObject{{QStringLiteral("presence"), QStringLiteral("live")}}}};
    QByteArray written;
    const ExportWriter::Sink sink = [&written](const QByteArray &bytes) {
        written += bytes;
        return Done();
    };
    ExportWriter csv(ExportWriter::Format::csv, sink);
    const QStringList columns{QStringLiteral("id"),       QStringLiteral("tags"),
                              QStringLiteral("assignee"), QStringLiteral("isPrivate"),
                              QStringLiteral("message"),  QStringLiteral("remoteState.presence")};
    QVERIFY(csv.begin(columns).has_value());
    QVERIFY(csv.write(row).has_value());
    QCOMPARE(written, QByteArray("id,tags,assignee,isPrivate,message,remoteState.presence\r\n"
                                 "4411,\"a, b\",,true,1152921504606846976,live\r\n"));
    written.clear();
    ExportWriter lines(ExportWriter::Format::jsonLines, sink);
    QVERIFY(lines.begin(columns).has_value());
    QVERIFY(lines.write(row).has_value());
    QVERIFY(lines.write(row).has_value());
    QCOMPARE(written.count('\n'), 2);
    QCOMPARE(lines.rowCount(), 2);
    ExportWriter failing(ExportWriter::Format::csv,
                         [](const QByteArray &) -> Done { return fail(ErrorKind::diskFull); });
    QCOMPARE(failing.begin(columns).error().kind, ErrorKind::diskFull);
}

void OutputTest::terminalIsNotSteered_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("safe");
    const auto row = [](const char *name, const char16_t *text, const char16_t *safe) {
        QTest::newRow(name) << QString::fromUtf16(text) << QString::fromUtf16(safe);
    };
    row("plain", u"Grüße \u65e5\u672c", u"Grüße \u65e5\u672c");
    row("escape", u"a\u001b[31mred", u"a [31mred");
    row("C1 sequence", u"a\u009b31m", u"a 31m");
    row("bell, tab, delete", u"a\u0007b\tc\u007f", u"a b c ");
    row("line feed", u"a\nb", u"a b");
    row("override", u"\u202Eevil\u2069", u"evil");
    row("private use", u"\uE001hit\uE002", u"hit");
    row("line separator", u"a\u2028b", u"a b");
    row("family of emoji", u"\U0001F468\u200D\U0001F469", u"\U0001F468\u200D\U0001F469");
    QTest::newRow("lone surrogate") << (QString(QChar(0xD800)) + QLatin1Char('a')) << QStringLiteral("a");
}

void OutputTest::terminalIsNotSteered()
{
    QFETCH(QString, text);
    QTEST(terminalText(text), "safe");
}

void OutputTest::widthsAreCounted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::newRow("empty") << QString() << 0;
    QTest::newRow("latin") << QStringLiteral("Gr\u00FC\u00DFe") << 5;
    QTest::newRow("combining") << QStringLiteral("e\u0301") << 1;
    QTest::newRow("Japanese") << QStringLiteral("\u65e5\u672c\u8a9e") << 6;
    QTest::newRow("emoji") << QStringLiteral("\U0001F44B") << 2;
    QTest::newRow("family") << QStringLiteral("\U0001F468\u200D\U0001F469\u200D\U0001F467") << 2;
}

void OutputTest::widthsAreCounted()
{
    QFETCH(QString, text);
    QTEST(displayWidth(text), "width");
}

void OutputTest::textIsCutOnGraphemes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("columns");
    QTest::addColumn<QString>("cut");
    QTest::newRow("fits") << QStringLiteral("abc") << 3 << QStringLiteral("abc");
    QTest::newRow("cut") << QStringLiteral("abcd") << 3 << QStringLiteral("ab\u2026");
    QTest::newRow("wide") << QStringLiteral("\u65e5\u672c\u8a9e") << 4 << QStringLiteral("\u65e5\u2026");
    QTest::newRow("combining") << QStringLiteral("ae\u0301bc") << 3 << QStringLiteral("ae\u0301\u2026");
    QTest::newRow("nothing") << QStringLiteral("abc") << 0 << QString();
}

void OutputTest::textIsCutOnGraphemes()
{
    QFETCH(QString, text);
    QFETCH(int, columns);
    QTEST(cutToWidth(text, columns), "cut");
    QVERIFY(displayWidth(cutToWidth(text, columns)) <= columns);
}

void OutputTest::columnsAreAligned()
{
    Table table({QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")});
    table.add({QStringLiteral("\u65e5\u672c"), QString(), QStringLiteral("first\nsecond\u001b[0m")});
    table.add({QStringLiteral("xy"), QStringLiteral("b"), QStringLiteral("third")});
    QCOMPARE(table.toText(0), QStringLiteral("A     B  C\n"
                                             "\u65e5\u672c     first second [0m\n"
                                             "xy    b  third\n"));
    const QStringList lines = table.toText(10).split(QLatin1Char('\n'));
    QCOMPARE(lines.at(1), QStringLiteral("\u65e5\u672c     first second [0m"));
    Table narrow({QStringLiteral("A"), QStringLiteral("B")});
    narrow.add({QString(60, QLatin1Char('x')), QString(60, QLatin1Char('y'))});
    const QString row = narrow.toText(70).split(QLatin1Char('\n')).at(1);
    QCOMPARE(displayWidth(row), 70);
    QVERIFY(row.startsWith(QString(31, QLatin1Char('x')) + QChar(0x2026)));
}

void OutputTest::jsonHasNoControlCharacters()
{
    QString all;
    for (char16_t c = 1; c < 0xA1; ++c)
        all += QChar(c);
    const QJsonObject object{{QStringLiteral("text"), all}};
    const QByteArray text = jsonText(object, false);
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text.at(i));
        QVERIFY(byte >= 0x20 && byte != 0x7f);
        QVERIFY(byte != 0xc2 || static_cast<unsigned char>(text.at(i + 1)) >= 0xa0);
    }
    QVERIFY(text.endsWith("}\n"));
    QCOMPARE(QJsonDocument::fromJson(text).object(), object);
}

QTEST_APPLESS_MAIN(OutputTest)
#include "tst_output.moc"
