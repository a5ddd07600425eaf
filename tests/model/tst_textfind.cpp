// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/textfind.h"

#include <QTest>

using namespace Earshot;

class TextFindTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
};

void TextFindTest::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char *name, const char16_t *text, const char16_t *wanted, const QStringList &found) {
        QTest::newRow(name) << QString::fromUtf16(text) << QString::fromUtf16(wanted) << found;
    };
    row("nothing wanted", u"a lamp", u" ", {});
    row("not there", u"a lamp", u"lump", {});
    row("case", u"Lamp and LAMP", u"lamp", {QStringLiteral("Lamp"), QStringLiteral("LAMP")});
    row("accents either way", u"cafe Café", u"café", {QStringLiteral("cafe"), QString::fromUtf16(u"Café")});
    row("composed and taken apart", u"Gru\u0308\u00dfe gr\u00fc\u00dfe", u"gru",
        {QString::fromUtf16(u"Gru\u0308"), QString::fromUtf16(u"gr\u00fc")});
    row("inside of a word", u"unplugged", u"plug", {QStringLiteral("plug")});
    row("behind an emoji", u"\U0001F44B hello", u"hello", {QStringLiteral("hello")});
    row("one after another", u"aaaa", u"aa", {QStringLiteral("aa"), QStringLiteral("aa")});
    row("cyrillic", u"Лампа не горит", u"ЛАМПА", {QString::fromUtf16(u"Лампа")});
}

void TextFindTest::finds()
{
    QFETCH(QString, text);
    QFETCH(QString, wanted);
    QFETCH(QStringList, found);
    QStringList pieces;
    for (const auto &[start, length] : findFolded(text, wanted))
        pieces.append(text.mid(start, length));
    QCOMPARE(pieces, found);
}

QTEST_APPLESS_MAIN(TextFindTest)
#include "tst_textfind.moc"
