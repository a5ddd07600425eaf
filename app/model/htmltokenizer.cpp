// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/htmltokenizer.h"

#include "model/htmltext.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype longestTag = 32;
constexpr std::size_t mostAttributes = 32;

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\n' || c == u'\t' || c == u'\r' || c == u'\f';
}

/// Elements whose content is not markup: only their own end tag ends them.
bool isRawText(const QString &name)
{
    static const QLatin1StringView names[] = {QLatin1StringView("script"),   QLatin1StringView("style"),
                                              QLatin1StringView("iframe"),   QLatin1StringView("noembed"),
                                              QLatin1StringView("noframes"), QLatin1StringView("title"),
                                              QLatin1StringView("xmp"),      QLatin1StringView("textarea")};
    return std::ranges::find(names, name) != std::end(names);
}

} // namespace

QString HtmlToken::attribute(QLatin1StringView wanted) const
{
    for (const auto &[key, value] : attributes) {
        if (key == wanted)
            return decodeEntities(value.toString());
    }
    return {};
}

bool HtmlToken::hasClass(QLatin1StringView wanted) const
{
    const QString value = attribute(QLatin1StringView("class"));
    for (const QStringView word : QStringView(value).tokenize(u' ', Qt::SkipEmptyParts)) {
        if (word.trimmed() == wanted)
            return true;
    }
    return false;
}

HtmlToken HtmlTokenizer::next()
{
    if (!m_literal.isEmpty()) {
        HtmlToken token;
        token.kind = HtmlToken::Kind::literal;
        token.text = std::exchange(m_literal, {});
        return token;
    }
    while (m_at < m_html.size()) {
        if (!startsMarkup(m_at))
            return takeText();
        const QChar mark = at(m_at + 1);
        if (isLetter(mark) || (mark == u'/' && isLetter(at(m_at + 2)))) {
            HtmlToken token = takeTag();
            if (token.kind != HtmlToken::Kind::end)
                return token;
            continue;
        }
        HtmlToken token;
        if (skipDeclaration(token))
            return token;
    }
    return {};
}

bool HtmlTokenizer::startsMarkup(qsizetype position) const
{
    if (at(position) != u'<')
        return false;
    const QChar mark = at(position + 1);
    return isLetter(mark) || mark == u'/' || mark == u'!' || mark == u'?';
}

HtmlToken HtmlTokenizer::takeText()
{
    qsizetype end = m_at;
    do {
        end = m_html.indexOf(u'<', end + (m_html[end] == u'<' ? 1 : 0));
    } while (end >= 0 && !startsMarkup(end));
    if (end < 0)
        end = m_html.size();
    HtmlToken token;
    token.kind = HtmlToken::Kind::text;
    token.text = m_html.sliced(m_at, end - m_at);
    m_at = end;
    return token;
}

void HtmlTokenizer::skipPast(QStringView mark)
{
    const qsizetype found = m_html.indexOf(mark, m_at);
    m_at = found < 0 ? m_html.size() : found + mark.size();
}

/// Comments, doctypes and processing instructions. True when it was a CDATA section, whose text is in `token`: feeds
/// wrap what they mean as text in it.
bool HtmlTokenizer::skipDeclaration(HtmlToken &token)
{
    const QStringView rest = m_html.sliced(m_at);
    if (rest.startsWith(u"<!--")) {
        m_at += 4;
        // "<!-->" and "<!--->" are whole comments.
        if (at(m_at) == u'>' || (at(m_at) == u'-' && at(m_at + 1) == u'>'))
            skipPast(u">");
        else
            skipPast(u"-->");
        return false;
    }
    if (rest.startsWith(u"<![CDATA[")) {
        const qsizetype start = m_at + 9;
        m_at = start;
        skipPast(u"]]>");
        const QStringView inside = m_html.sliced(start, m_at - start);
        token.kind = HtmlToken::Kind::literal;
        token.text = inside.endsWith(u"]]>") ? inside.chopped(3) : inside;
        return true;
    }
    skipPast(u">");
    return false;
}

void HtmlTokenizer::skipSpaces()
{
    while (isSpace(at(m_at)))
        ++m_at;
}

/// The tag at m_at; Kind::end when the input ends inside it (browsers drop it too).
HtmlToken HtmlTokenizer::takeTag()
{
    HtmlToken token;
    const bool isEnd = at(m_at + 1) == u'/';
    m_at += isEnd ? 2 : 1;
    const qsizetype start = m_at;
    while (m_at < m_html.size() && !isSpace(m_html[m_at]) && m_html[m_at] != u'>' && m_html[m_at] != u'/')
        ++m_at;
    token.name = m_html.sliced(start, std::min(m_at - start, longestTag)).toString().toLower();
    while (takeAttribute(token)) {
    }
    if (m_at >= m_html.size())
        return {};
    ++m_at;
    token.kind = isEnd ? HtmlToken::Kind::endTag : HtmlToken::Kind::startTag;
    if (!isEnd && isRawText(token.name))
        takeRawText(token);
    return token;
}

/// True while there may be another one; false at the tag's ">" or at the end of the input.
bool HtmlTokenizer::takeAttribute(HtmlToken &token)
{
    while (isSpace(at(m_at)) || at(m_at) == u'/') {
        token.isSelfClosing = at(m_at) == u'/' && at(m_at + 1) == u'>';
        ++m_at;
    }
    if (m_at >= m_html.size() || m_html[m_at] == u'>')
        return false;
    const qsizetype start = m_at;
    ++m_at; // A "=" at the start belongs to the name.
    while (m_at < m_html.size() && !isSpace(m_html[m_at]) && m_html[m_at] != u'>' && m_html[m_at] != u'/' &&
           m_html[m_at] != u'=')
        ++m_at;
    const QStringView name = m_html.sliced(start, std::min(m_at - start, longestTag));
    skipSpaces();
    QStringView value;
    if (at(m_at) == u'=') {
        ++m_at;
        value = takeValue();
    }
    if (token.attributes.size() < mostAttributes) {
        const QString key = name.toString().toLower();
        const bool isNew = std::ranges::none_of(token.attributes, [&key](const auto &a) { return a.first == key; });
        if (isNew)
            token.attributes.emplace_back(key, value);
    }
    return true;
}

QStringView HtmlTokenizer::takeValue()
{
    skipSpaces();
    const QChar quote = at(m_at);
    if (quote == u'"' || quote == u'\'') {
        const qsizetype start = m_at + 1;
        const qsizetype end = m_html.indexOf(quote, start);
        m_at = end < 0 ? m_html.size() : end + 1;
        return m_html.sliced(std::min(start, m_html.size()), end < 0 ? 0 : end - start);
    }
    const qsizetype start = m_at;
    while (m_at < m_html.size() && !isSpace(m_html[m_at]) && m_html[m_at] != u'>')
        ++m_at;
    return m_html.sliced(start, m_at - start);
}

void HtmlTokenizer::takeRawText(const HtmlToken &tag)
{
    const QString mark = QLatin1StringView("</") + tag.name;
    const qsizetype start = m_at;
    qsizetype end = m_html.indexOf(mark, start, Qt::CaseInsensitive);
    while (end >= 0) {
        const QChar after = at(end + mark.size());
        if (isSpace(after) || after == u'>' || after == u'/' || end + mark.size() >= m_html.size())
            break;
        end = m_html.indexOf(mark, end + 1, Qt::CaseInsensitive);
    }
    m_at = end < 0 ? m_html.size() : end;
    if (tag.name == QLatin1StringView("textarea") || tag.name == QLatin1StringView("xmp"))
        m_literal = m_html.sliced(start, m_at - start);
}

} // namespace Earshot
