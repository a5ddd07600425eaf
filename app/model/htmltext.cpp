// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/htmltext.h"

#include "model/htmltokenizer.h"
#include "model/textwriter.h"

#include <QSet>

#include <algorithm>
#include <vector>

namespace Earshot {

namespace {

constexpr std::size_t deepestList = 16;
constexpr qsizetype longestAddress = 2048;

enum class Element { other, line, paragraph, quote, list, item, pre, link, image, lineBreak, rule, row, cell, q, drop };

Element elementOf(const QString &name)
{
    static const QHash<QString, Element> elements = [] {
        QHash<QString, Element> all;
        const auto add = [&all](Element element, const char *names) {
            for (const QByteArray &one : QByteArray(names).split(' '))
                all.insert(QString::fromLatin1(one), element);
        };
        add(Element::line, "div section article header footer address dt dd figure figcaption form fieldset center "
                           "main nav aside details summary option legend caption body html optgroup dir menu");
        add(Element::paragraph, "p h1 h2 h3 h4 h5 h6 table dl");
        add(Element::quote, "blockquote");
        add(Element::list, "ul ol");
        add(Element::item, "li");
        add(Element::pre, "pre listing");
        add(Element::link, "a");
        add(Element::image, "img");
        add(Element::lineBreak, "br");
        add(Element::rule, "hr");
        add(Element::row, "tr");
        add(Element::cell, "td th");
        add(Element::q, "q");
        // Raw text elements (script, style, iframe ...) have lost their content in the tokenizer already.
        add(Element::drop, "template noscript object svg math head applet");
        return all;
    }();
    return elements.value(name, Element::other);
}

bool isBlock(Element element)
{
    switch (element) {
    case Element::line:
    case Element::paragraph:
    case Element::quote:
    case Element::list:
    case Element::item:
    case Element::pre:
    case Element::rule:
        return true;
    default:
        return false;
    }
}

bool isEmoji(const HtmlToken &image)
{
    return image.hasClass(QLatin1StringView("emoji")) || image.hasClass(QLatin1StringView("custom-emoji")) ||
           image.hasClass(QLatin1StringView("wp-smiley")) || image.hasClass(QLatin1StringView("emojione"));
}

/// An address as it is shown, empty when it must not be. Percent-encoded and with the host in ASCII, so that no
/// look-alike and no bidirectional trick survives in it.
QString shownAddress(const QString &href, const QUrl &base)
{
    const QString trimmed = href.trimmed();
    // A place in the same page is no address.
    if (trimmed.isEmpty() || trimmed.startsWith(u'#') || trimmed.size() > longestAddress)
        return {};
    QUrl url(trimmed);
    if (url.isRelative() && base.isValid() && !base.isRelative())
        url = base.resolved(url);
    const QString scheme = url.scheme();
    const bool isWeb =
        (scheme == QLatin1StringView("http") || scheme == QLatin1StringView("https")) && !url.host().isEmpty();
    if (!url.isValid() || (!isWeb && scheme != QLatin1StringView("mailto")))
        return {};
    // "https://bank.example@evil.example/" leads to the second.
    if (isWeb)
        url.setUserInfo({});
    const QString shown = QString::fromLatin1(url.toEncoded());
    return shown.size() > longestAddress ? QString() : shown;
}

/// What of an address must be equal to call two the same: people leave out the scheme and the last slash.
QString addressCore(QString address)
{
    for (const char *prefix : {"https://", "http://", "mailto:"}) {
        if (address.startsWith(QLatin1StringView(prefix), Qt::CaseInsensitive)) {
            address.remove(0, qsizetype(qstrlen(prefix)));
            break;
        }
    }
    while (address.endsWith(u'/'))
        address.chop(1);
    return address;
}

bool isSameAddress(const QString &text, const QString &address)
{
    if (text.size() > longestAddress)
        return false;
    const QString core = addressCore(address);
    if (addressCore(text) == core)
        return true;
    // The text may show umlauts where the address has percent signs or Punycode.
    const QString full = text.contains(QLatin1StringView("://")) ? text : QLatin1StringView("https://") + text;
    return addressCore(QString::fromLatin1(QUrl(full).toEncoded())) == core;
}

/// Walks over the tokens and tells the writer. Lives for one text.
class HtmlReader
{
public:
    HtmlReader(const QString &html, const QUrl &base)
        : m_tokens(html)
        , m_base(base)
    {
    }
    QString read();

private:
    struct List
    {
        bool isOrdered = false;
        int next = 1;
    };

    void onStart(const HtmlToken &tag);
    void onEnd(const HtmlToken &tag);
    void onText(const HtmlToken &token);
    bool isDropped(const HtmlToken &token);
    bool startsDrop(const HtmlToken &tag, Element element);
    void openList(const HtmlToken &tag);
    void closeList();
    void openItem(const HtmlToken &tag);
    void openLink(const HtmlToken &tag);
    void closeLink();
    [[nodiscard]] bool isMention(const QString &text) const;
    void showImage(const HtmlToken &tag);
    void startBlock(int lines);
    void endRow();

    HtmlTokenizer m_tokens;
    QUrl m_base;
    TextWriter m_out;
    std::vector<List> m_lists;
    int m_deeperLists = 0; ///< open lists beyond deepestList
    int m_preDepth = 0;
    int m_quoteDepth = 0;
    bool m_isAfterPre = false;  ///< the first line end in <pre> does not count
    bool m_isInRow = false;     ///< a cell of the present table row was there
    qsizetype m_cellStart = -1; ///< where the text of the present cell begins

    QString m_dropName; ///< the element that is being left out, empty for none
    int m_dropDepth = 0;

    bool m_hasLink = false;
    QString m_address;
    bool m_isMentionLink = false; ///< the markup says that it is a mention or hashtag
    bool m_isShortened = false;   ///< the shown text is a part of the address
};

QString HtmlReader::read()
{
    for (HtmlToken token = m_tokens.next(); token.kind != HtmlToken::Kind::end && !m_out.isFull();
         token = m_tokens.next()) {
        if (isDropped(token))
            continue;
        if (token.kind == HtmlToken::Kind::startTag)
            onStart(token);
        else if (token.kind == HtmlToken::Kind::endTag)
            onEnd(token);
        else
            onText(token);
    }
    closeLink();
    return m_out.text().trimmed();
}

/// Whether the token belongs to an element that is left out.
bool HtmlReader::isDropped(const HtmlToken &token)
{
    if (m_dropName.isEmpty())
        return false;
    const bool isTag = token.kind == HtmlToken::Kind::startTag || token.kind == HtmlToken::Kind::endTag;
    if (isTag && token.name == m_dropName && m_dropName != QLatin1StringView("p")) {
        m_dropDepth += token.kind == HtmlToken::Kind::endTag ? -1 : (token.isSelfClosing ? 0 : 1);
        if (m_dropDepth == 0)
            m_dropName.clear();
        return true;
    }
    // A head or paragraph without an end tag ends where the next block begins.
    if (m_dropName == QLatin1StringView("p") || m_dropName == QLatin1StringView("head")) {
        const bool isEnd = token.kind == HtmlToken::Kind::endTag && token.name == m_dropName;
        if (isEnd || (isTag && isBlock(elementOf(token.name)))) {
            m_dropName.clear();
            return isEnd;
        }
    }
    return true;
}

bool HtmlReader::startsDrop(const HtmlToken &tag, Element element)
{
    const bool isInlineQuote =
        (element == Element::paragraph || element == Element::line || element == Element::other) &&
        tag.hasClass(QLatin1StringView("quote-inline"));
    if (element != Element::drop && !isInlineQuote)
        return false;
    if (!tag.isSelfClosing) {
        m_dropName = tag.name;
        m_dropDepth = 1;
    }
    return true;
}

/// A block at the start of a table cell stays on the row's line.
void HtmlReader::startBlock(int lines)
{
    if (m_cellStart != m_out.text().size())
        m_out.startLine(lines);
}

void HtmlReader::endRow()
{
    m_out.forgetCells();
    m_out.startLine();
    m_isInRow = false;
    m_cellStart = -1;
}

void HtmlReader::onStart(const HtmlToken &tag)
{
    m_isAfterPre = false;
    const Element element = elementOf(tag.name);
    if (startsDrop(tag, element))
        return;
    switch (element) {
    case Element::line:
        startBlock(1);
        break;
    case Element::paragraph:
        startBlock(2);
        break;
    case Element::quote:
        m_out.startLine(2);
        m_out.openQuote();
        ++m_quoteDepth;
        break;
    case Element::list:
        openList(tag);
        break;
    case Element::item:
        openItem(tag);
        break;
    case Element::pre:
        m_out.startLine(2);
        ++m_preDepth;
        m_isAfterPre = true;
        break;
    case Element::link:
        openLink(tag);
        break;
    case Element::image:
        showImage(tag);
        break;
    case Element::lineBreak:
        m_out.addLineBreak();
        break;
    case Element::rule:
        m_out.startLine(2);
        m_out.write(u"---");
        m_out.startLine(2);
        break;
    case Element::row:
        endRow();
        break;
    case Element::cell:
        if (m_isInRow)
            m_out.nextCell();
        m_isInRow = true;
        m_cellStart = m_out.text().size();
        break;
    case Element::q:
        m_out.write(u"“");
        break;
    case Element::other:
    case Element::drop:
        if (m_hasLink && tag.name == QLatin1StringView("span"))
            m_isShortened = m_isShortened || tag.hasClass(QLatin1StringView("invisible")) ||
                            tag.hasClass(QLatin1StringView("ellipsis"));
        break;
    }
}

void HtmlReader::onEnd(const HtmlToken &tag)
{
    m_isAfterPre = false;
    switch (elementOf(tag.name)) {
    case Element::line:
        m_out.startLine();
        break;
    case Element::paragraph:
        if (tag.name == QLatin1StringView("table"))
            endRow();
        m_out.startLine(2);
        break;
    case Element::quote:
        m_out.startLine(2);
        m_out.closeQuote();
        m_quoteDepth = std::max(0, m_quoteDepth - 1);
        break;
    case Element::list:
        closeList();
        break;
    case Element::item:
        m_out.startLine();
        m_out.setMarker({});
        break;
    case Element::pre:
        m_out.startLine(2);
        m_preDepth = std::max(0, m_preDepth - 1);
        break;
    case Element::link:
        closeLink();
        break;
    case Element::row:
        endRow();
        break;
    case Element::q:
        m_out.write(u"”");
        break;
    case Element::lineBreak: // "</br>" is a line break too.
        m_out.addLineBreak();
        break;
    default:
        // Forums put who is quoted there, and show it as a line.
        if (m_quoteDepth > 0 && tag.name == QLatin1StringView("cite"))
            m_out.startLine();
        break;
    }
}

void HtmlReader::onText(const HtmlToken &token)
{
    QString text = token.text.toString();
    if (token.kind == HtmlToken::Kind::text)
        text = decodeEntities(text);
    QStringView rest(text);
    if (m_isAfterPre && rest.startsWith(u'\r'))
        rest = rest.sliced(1);
    if (m_isAfterPre && rest.startsWith(u'\n'))
        rest = rest.sliced(1);
    m_isAfterPre = false;
    m_out.write(rest, m_preDepth > 0);
}

void HtmlReader::openList(const HtmlToken &tag)
{
    m_out.startLine(m_lists.empty() ? 2 : 1);
    if (m_lists.size() >= deepestList) {
        ++m_deeperLists;
        return;
    }
    List list{.isOrdered = tag.name == QLatin1StringView("ol"), .next = 1};
    bool isNumber = false;
    const int start = tag.attribute(QLatin1StringView("start")).toInt(&isNumber);
    if (isNumber && start > -10'000 && start < 1'000'000)
        list.next = start;
    m_lists.push_back(list);
}

void HtmlReader::closeList()
{
    if (m_deeperLists > 0)
        --m_deeperLists;
    else if (!m_lists.empty())
        m_lists.pop_back();
    m_out.setMarker({});
    m_out.startLine(m_lists.empty() ? 2 : 1);
}

void HtmlReader::openItem(const HtmlToken &tag)
{
    m_out.startLine();
    const QString indent(m_lists.empty() ? 0 : qsizetype(m_lists.size() - 1) * 2, u' ');
    if (m_lists.empty() || !m_lists.back().isOrdered) {
        m_out.setMarker(indent + QStringLiteral("• "));
        return;
    }
    bool isNumber = false;
    const int value = tag.attribute(QLatin1StringView("value")).toInt(&isNumber);
    if (isNumber && value > -10'000 && value < 1'000'000)
        m_lists.back().next = value;
    m_out.setMarker(indent + QString::number(m_lists.back().next++) + QStringLiteral(". "));
}

void HtmlReader::openLink(const HtmlToken &tag)
{
    closeLink();
    m_hasLink = true;
    m_isShortened = false;
    m_address = shownAddress(tag.attribute(QLatin1StringView("href")), m_base);
    m_isMentionLink = tag.hasClass(QLatin1StringView("mention")) || tag.hasClass(QLatin1StringView("hashtag")) ||
                      tag.hasClass(QLatin1StringView("u-url")) ||
                      tag.attribute(QLatin1StringView("rel")).contains(QLatin1StringView("tag"));
    m_out.setMark();
}

/// "@brand" and "#tag" as networks mark them up: one word whose address is of no use to a reader.
bool HtmlReader::isMention(const QString &text) const
{
    if (!m_isMentionLink || text.size() < 2 || text.size() > 200)
        return false;
    const bool hasSign = text.startsWith(u'@') || text.startsWith(u'#') || text.startsWith(u'＃');
    return hasSign && std::ranges::none_of(text, [](QChar c) { return c.isSpace(); });
}

void HtmlReader::closeLink()
{
    if (!std::exchange(m_hasLink, false) || m_address.isEmpty() || m_out.isFull())
        return;
    const qsizetype start = m_out.mark();
    if (start < 0) {
        m_out.write(m_address);
        return;
    }
    const QString text = m_out.text().sliced(start).trimmed();
    if (isMention(text) || isSameAddress(text, m_address))
        return;
    if (m_isShortened) {
        m_out.truncate(start);
        m_out.append(m_address);
    } else {
        m_out.append(QString(QStringLiteral(" (") + m_address + u')'));
    }
}

void HtmlReader::showImage(const HtmlToken &tag)
{
    const QString alt = tag.attribute(QLatin1StringView("alt")).simplified();
    if (alt.isEmpty())
        return;
    if (isEmoji(tag))
        m_out.write(alt);
    else
        m_out.write(QString(u'[' + alt + u']'));
}

} // namespace

QString htmlToText(const QString &html, const QUrl &base)
{
    return HtmlReader(html, base).read();
}

} // namespace Earshot
