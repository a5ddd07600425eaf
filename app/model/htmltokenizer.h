// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

#include <utility>
#include <vector>

namespace Earshot {

/// One piece of markup.
struct HtmlToken
{
    enum class Kind { end, text, literal, startTag, endTag };

    Kind kind = Kind::end;
    QStringView text; ///< text: references not decoded yet; literal: as it stands
    QString name;     ///< of a tag, in lower case
    bool isSelfClosing = false;
    std::vector<std::pair<QString, QStringView>> attributes; ///< names in lower case, the first of equal ones

    /// The decoded value, empty when it is not there.
    [[nodiscard]] QString attribute(QLatin1StringView name) const;
    [[nodiscard]] bool hasClass(QLatin1StringView name) const;
};

/// Cuts HTML into tokens as browsers do (https://html.spec.whatwg.org/multipage/parsing.html#tokenization), never
/// failing, each character looked at a bounded number of times. Comments, doctypes and the contents of script, style,
/// iframe, title and their like never come out. `html` must outlive the tokenizer and its tokens. Pure.
class HtmlTokenizer
{
public:
    explicit HtmlTokenizer(QStringView html)
        : m_html(html)
    {
    }
    /// The next piece; Kind::end at the end and ever after.
    [[nodiscard]] HtmlToken next();

private:
    [[nodiscard]] QChar at(qsizetype position) const { return position < m_html.size() ? m_html[position] : QChar(); }
    [[nodiscard]] bool startsMarkup(qsizetype position) const;
    [[nodiscard]] HtmlToken takeText();
    [[nodiscard]] HtmlToken takeTag();
    bool takeAttribute(HtmlToken &token);
    [[nodiscard]] QStringView takeValue();
    void takeRawText(const HtmlToken &tag);
    void skipSpaces();
    void skipPast(QStringView mark);
    bool skipDeclaration(HtmlToken &token);

    QStringView m_html;
    qsizetype m_at = 0;
    QStringView m_literal; ///< what a <textarea> held: the next token
};

} // namespace Earshot
