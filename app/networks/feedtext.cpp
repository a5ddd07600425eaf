// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedtext.h"

#include "model/htmltext.h"
#include "networks/feedxml.h"

#include <QRegularExpression>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView
    TAGS("p|br|a|div|span|b|i|em|strong|u|ul|ol|li|img|blockquote|q|pre|code|h[1-6]|table|tr|td|"
         "th|tbody|font|center|hr|small|sub|sup|script|style|iframe|video|audio|source|figure|"
         "figcaption|section|article|header|footer|abbr|cite|del|ins|object|embed|svg|form|"
         "input|button|link|meta|html|body|head");

bool hasTags(const QString &text)
{
    static const QRegularExpression tag(u"</?(?:%1)(?:\\s[^<>]{0,4000})?/?>|<!--"_s.arg(TAGS),
                                        QRegularExpression::CaseInsensitiveOption);
    return tag.match(text).hasMatch();
}

bool hasEscapedTags(const QString &text)
{
    static const QRegularExpression tag(u"&lt;/?(?:%1)(?:\\s.{0,1000}?)?/?&gt;"_s.arg(TAGS),
                                        QRegularExpression::CaseInsensitiveOption |
                                            QRegularExpression::DotMatchesEverythingOption);
    return text.contains("&lt;"_L1) && tag.match(text).hasMatch();
}

QString markupText(const QString &raw, const QUrl &base)
{
    if (hasTags(raw) || !hasEscapedTags(raw))
        return cleanText(htmlToText(raw, base));
    const QString text = cleanText(htmlToText(decodeEntities(raw), base));
    // Nothing but a script was words about one.
    return text.isEmpty() ? cleanText(htmlToText(raw, base)) : text;
}

enum class TextType { unsaid, plain, markup, base64, notText };

TextType typeOf(const FeedElement &element)
{
    const QString type = element.attribute("type"_L1).toLower().section(u';', 0, 0).trimmed();
    const QString mode = element.attribute("mode"_L1).toLower();
    if (element.isMarkup)
        return TextType::markup;
    if (mode == "base64"_L1)
        return TextType::base64;
    if (type == "html"_L1 || type == "text/html"_L1 || type == "xhtml"_L1 || type == "application/xhtml+xml"_L1)
        return TextType::markup;
    const bool isAtom = element.name.startsWith("atom:"_L1);
    if (type == "text"_L1 || (isAtom && type.isEmpty() && mode.isEmpty()))
        return TextType::plain;
    if (type == "text/plain"_L1)
        return mode == "escaped"_L1 ? TextType::unsaid : TextType::plain;
    const bool isOther = isAtom && type.contains(u'/') && !type.startsWith("text/"_L1) && !type.endsWith("xml"_L1);
    return isOther ? TextType::notText : TextType::unsaid;
}

} // namespace

QString feedText(const QString &raw, const QUrl &base)
{
    if (hasTags(raw) || hasEscapedTags(raw))
        return markupText(raw, base);
    return cleanText(decodeEntities(raw));
}

QString feedLine(const QString &raw)
{
    return cleanLine(feedText(raw, {}));
}

QString elementText(const FeedElement &element)
{
    switch (typeOf(element)) {
    case TextType::plain:
        // Many say "text" and mean markup; nobody writes a whole tag in plain words by chance.
        return hasTags(element.text) ? markupText(element.text, element.base) : cleanText(element.text);
    case TextType::markup:
        return markupText(element.text, element.base);
    case TextType::base64: {
        const QByteArray decoded = QByteArray::fromBase64(element.text.simplified().toLatin1());
        return feedText(QString::fromUtf8(decoded), element.base);
    }
    case TextType::notText:
        return {};
    case TextType::unsaid:
        break;
    }
    return feedText(element.text, element.base);
}

QString elementLine(const FeedElement &element)
{
    return cleanLine(elementText(element));
}

QString webAddress(const QString &address, const QUrl &base)
{
    const QString trimmed = address.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > 4096)
        return {};
    QUrl url(trimmed);
    if (url.isRelative())
        url = base.resolved(url);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty())
        return {};
    url.setUserInfo({});
    return url.toString(QUrl::FullyEncoded);
}

QString languageTag(const QString &claimed)
{
    static const QRegularExpression pattern(u"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$"_s);
    const QString tag = claimed.trimmed().replace(u'_', u'-');
    return pattern.match(tag).hasMatch() ? tag : QString();
}

} // namespace Earshot
