// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/htmltext.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace Earshot;

class HtmlTextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_data();
    void text();
    void relativeLinksNeedABase();
    void entities_data();
    void entities();
    void hostileMarkupEnds_data();
    void hostileMarkupEnds();
    void randomMarkupNeverBreaks();
};

void HtmlTextTest::text_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *html, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(html) << QString::fromUtf8(expected);
    };

    // How networks send it.
    row("GoToSocial",
        "<p><span class=\"h-card\"><a href=\"http://gts.test/@brand\" class=\"u-url mention\" rel=\"nofollow\" "
        "target=\"_blank\">@<span>brand</span></a></span> my order, can you help? <a "
        "href=\"http://gts.test/tags/brandhelp\" class=\"mention hashtag\" rel=\"tag nofollow\">#<span>brandhelp</span>"
        "</a> <a href=\"https://example.test/order/4711\">https://example.test/order/4711</a></p>",
        "@brand my order, can you help? #brandhelp https://example.test/order/4711");
    row("Mastodon link",
        "<p>see <a href=\"https://example.com/very/long/path?x=1&amp;y=2\"><span class=\"invisible\">https://</span>"
        "<span class=\"ellipsis\">example.com/very/lo</span><span class=\"invisible\">ng/path?x=1&amp;y=2</span></a>"
        " ok</p>",
        "see https://example.com/very/long/path?x=1&y=2 ok");
    row("shortened text hides nothing",
        "<a href=\"https://evil.example/\"><span class=\"invisible\">https://</span>"
        "<span class=\"ellipsis\">bank.example</span></a>",
        "https://evil.example/");
    row("quote-inline", "<p class=\"quote-inline\">RE: <a href=\"https://x.example/1\">x</a></p><p>my words</p>",
        "my words");
    row("quote-inline unclosed", "<p class='quote-inline'>RE: gone<p>my words", "my words");
    row("quote-inline span", "words<span class=\"quote-inline\"><br>RE: <span>x</span></span> more", "words more");
    row("bare line ends", "<p>one\ntwo\r\n   three</p>", "one two three");
    row("paragraphs by br", "one<br><br>two<br />three", "one\n\ntwo\nthree");
    row("WordPress", "<p>It&#8217;s &#038; was<br />\nfine</p>\n<p>Bye</p>\n", "It’s & was\nfine\n\nBye");
    row("emoji image", "ok <img class=\"emoji\" alt=\"😀\" src=\"https://s.w.org/x.svg\"> <img src=t.gif width=1>",
        "ok 😀");
    row("unsanitised text", "I <3 you & 1 < 2 <b>bold</b> a<b", "I <3 you & 1 < 2 bold a");

    // Shape.
    row("list", "<p>a</p><ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul><p>b</p>",
        "a\n\n• one\n• two\n  • deep\n\nb");
    row("ordered", "<ol start=3><li>c<li>d<li value=\"9\">i</ol>", "3. c\n4. d\n9. i");
    row("item of paragraphs", "<ul><li><p>a</p></li></ul>", "• a");
    row("quote", "<p>x</p><blockquote><p>a</p><p>b<br>c</p><blockquote>deep</blockquote></blockquote><p>y</p>",
        "x\n\n> a\n>\n> b\n> c\n>\n> > deep\n\ny");
    row("who is quoted", "<blockquote><div><cite>mira wrote:</cite>old</div></blockquote>new <cite>Book</cite> x",
        "> mira wrote:\n> old\n\nnew Book x");
    row("name in the address", "<a href=\"https://bank.example:pw@evil.example/x\">log in</a>",
        "log in (https://evil.example/x)");
    row("pre", "<pre>\n  if (x)\n    y;</pre>z", "if (x)\n    y;\n\nz");
    row("table", "<table><tr><th>a</th><th>b</th></tr><tr><td><p>1</p></td><td></td><td>3</td></tr></table>after",
        "a | b\n1 | | 3\n\nafter");
    row("rule", "a<hr>b", "a\n\n---\n\nb");
    row("spaces", "  a <b> b </b> c&nbsp;d ", "a b c\u00a0d");
    row("image", "<img src=x alt=\"A cat\"> <img src=y>", "[A cat]");

    // Links.
    row("link with text", "<a href=\"https://example.com/a\">click here</a>!", "click here (https://example.com/a)!");
    row("link as text", "<a href='http://example.com/'>example.com</a>", "example.com");
    row("unquoted", "<a title=x href=https://example.com/a/b>x</a>", "x (https://example.com/a/b)");
    row("script link", "<a href=\" jAvascript:alert(1)\">x</a><a href='data:text/html,x'>y</a>", "xy");
    row("mail", "<a href=\"mailto:a@b.example\">a@b.example</a> <a href='mailto:a@b.example'>us</a>",
        "a@b.example us (mailto:a@b.example)");
    row("place in page", "note<a href=\"#fn1\">1</a>", "note1");
    row("link around image", "<a href=\"https://e.example/x\"><img src=x></a>", "https://e.example/x");
    row("false mention", "<a class=mention href=\"https://evil.example/\">my bank</a>",
        "my bank (https://evil.example/)");
    row("look-alike host", "<a href=\"https://b\u0430nk.example/\">x</a>", "x (https://xn--bnk-6cd.example/)");
    row("umlaut text", "<a href=\"https://x.example/stra%C3%9Fe\">https://x.example/straße</a>",
        "https://x.example/straße");
    row("unclosed link", "<a href=https://e.example/1>one <a href=https://e.example/2>two",
        "one (https://e.example/1) two (https://e.example/2)");

    // What must not come out.
    row("script", "a<script>alert('<b>x</b>')</script>b<style>p{}</style >c", "abc");
    row("script in capitals", "a<SCRIPT>x</ScRiPt>b", "ab");
    row("not its end", "a<script>x</scripty>y</script>b", "ab");
    row("containers", "a<svg><text>x</text><svg></svg>y</svg>b<noscript><p>z</noscript>c<object>q</object>d", "abcd");
    row("iframe template", "a<iframe src=x><p>no</iframe>b<template><p>t</p></template>c", "abc");
    row("document", "<!DOCTYPE html><html><head><title>T</title><meta x></head><body>text</body></html>", "text");
    row("head without end", "<head><title>T</title><p>text", "text");
    row("comments", "a<!-- <b>x</b> -->b<!-->c<!--->d<!-- unclosed", "abcd");
    row("declarations", "a<?xml x?>b<!x>c</ >d", "abcd");
    row("CDATA", "<![CDATA[5 < 6 &amp; 7]]>", "5 < 6 &amp; 7");
    row("tag at the end", "text <img src=\"http://tracker.example/x", "text");
    row("quoted bracket", "<a title=\"a > b\" href=\"https://e.example\">x</a>", "x (https://e.example)");
    row("entity once", "&amp;lt;b&amp;gt;", "&lt;b&gt;");
    row("entity is text", "&lt;script&gt;x", "<script>x");
    row("unknown tags", "<foo-bar x=1>a</foo-bar></p></ul></blockquote></pre></a>b", "a\n\nb");
}

void HtmlTextTest::text()
{
    QFETCH(const QString, html);
    QFETCH(const QString, expected);
    QCOMPARE(htmlToText(html), expected);
}

void HtmlTextTest::relativeLinksNeedABase()
{
    const QString html = QStringLiteral("<a href=\"../b?x=1\">b</a> <a href=\"//h.example/\">c</a>");
    QCOMPARE(htmlToText(html), QStringLiteral("b c"));
    QCOMPARE(htmlToText(html, QUrl(QStringLiteral("https://blog.example/a/post"))),
             QStringLiteral("b (https://blog.example/b?x=1) c (https://h.example/)"));
}

void HtmlTextTest::entities_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const QString &expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << expected;
    };
    row("plain", QStringLiteral("plain"));
    row("&amp;&lt;&gt;&quot;&apos;", QStringLiteral("&<>\"'"));
    row("&eacute;&AElig;&zwnj;&thetasym;&hellip;", QString::fromUtf8("éÆ\u200cϑ…"));
    row("&#233;&#xE9;&#XE9;", QString::fromUtf8("ééé"));
    row("&#128512;", QString::fromUtf8("😀"));
    row("&#150;&#x80;&#153", QString::fromUtf8("–€™"));
    row("&#0;&#xD800;&#x110000;&#99999999999999999999;", QString::fromUtf8("\uFFFD\uFFFD\uFFFD\uFFFD"));
    row("&amp;amp;", QStringLiteral("&amp;"));
    row("&nosuch; &; & &# &#x; &#xg;", QStringLiteral("&nosuch; &; & &# &#x; &#xg;"));
    row("a&b &copy2 &amp=1 &ltx &amp x", QStringLiteral("a&b &copy2 &amp=1 &ltx & x"));
    row("&Eacute;&EACUTE;", QString::fromUtf8("É&EACUTE;"));
}

void HtmlTextTest::entities()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    QCOMPARE(decodeEntities(text), expected);
}

void HtmlTextTest::hostileMarkupEnds_data()
{
    QTest::addColumn<QString>("unit");
    for (const char *unit : {"<div>",
                             "<blockquote>",
                             "<ul><li>x",
                             "<a href=x>y",
                             "<table><tr><td>",
                             "<!--",
                             "<script>",
                             "</scrip",
                             "<",
                             "<a ",
                             "<a b=",
                             "<a b='",
                             "&",
                             "&#",
                             "&amp",
                             "<pre>\n",
                             "<br>",
                             "<b><i></b>",
                             "<svg>",
                             "<p class=quote-inline>",
                             "<a href='https://e.example'><span class=invisible>x</a>",
                             "<td>",
                             "<![CDATA[",
                             "-->",
                             "<q>",
                             "x ",
                             "\\0"})
        QTest::newRow(unit) << QString::fromLatin1(unit);
}

void HtmlTextTest::hostileMarkupEnds()
{
    QFETCH(QString, unit);
    if (unit == QLatin1StringView("\\0"))
        unit = QChar();
    constexpr qsizetype size = 5'000'000;
    const QString html = unit.repeated(size / unit.size());
    const QUrl base(QLatin1StringView("https://example.org/") + QString(1500, u'p') + u'/');
    QElapsedTimer timer;
    timer.start();
    const QString text = htmlToText(html, base);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(text.size() <= 1'010'000);
    const QString clean = cleanText(text);
    QVERIFY(clean.size() <= 100'000);
}

void HtmlTextTest::randomMarkupNeverBreaks()
{
    static const QStringList pieces{
        QStringLiteral("<"),       QStringLiteral(">"),          QStringLiteral("</"),
        QStringLiteral("!--"),     QStringLiteral("-->"),        QStringLiteral("p"),
        QStringLiteral("a href="), QStringLiteral("\""),         QStringLiteral("'"),
        QStringLiteral("script"),  QStringLiteral("li"),         QStringLiteral("<ol>"),
        QStringLiteral("td"),      QStringLiteral("<pre>"),      QStringLiteral("&#"),
        QStringLiteral("x1f;"),    QStringLiteral("blockquote"), QStringLiteral("http://e/"),
        QStringLiteral(" "),       QStringLiteral("\n"),         QStringLiteral("/"),
        QStringLiteral("svg"),     QStringLiteral("textarea"),   QString(QChar(0xD83D)),
        QString(QChar(0x202E)),    QString(QChar(0x0301)),       QString(QChar(0)),
        QStringLiteral("<a><b>")};
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    for (int round = 0; round < 3000; ++round) {
        QString html;
        for (quint32 i = random.bounded(60U); i > 0; --i)
            html += pieces.at(random.bounded(pieces.size()));
        const QString clean = cleanText(htmlToText(html));
        QVERIFY2(cleanText(clean) == clean, qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(html)));
    }
}

QTEST_APPLESS_MAIN(HtmlTextTest)
#include "tst_htmltext.moc"
