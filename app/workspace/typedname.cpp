// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/typedname.h"

#include <QStringList>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int lettersOfBeginnings = 6; ///< as the index of names is made

/// Behind so many letters and the marks on them.
qsizetype endOfLetters(const QString &text, qsizetype from, int letters)
{
    qsizetype at = from;
    while (at < text.size()) {
        const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        const char32_t c = isPair ? QChar::surrogateToUcs4(text[at], text[at + 1]) : text[at].unicode();
        if (!QChar::isMark(c) && --letters < 0)
            break;
        at += isPair ? 2 : 1;
    }
    return at;
}

} // namespace

TypedName::TypedName(const QString &text)
    : m_text(text)
{
    QString typed = text;
    typed.remove(QChar(QChar::Null)).replace(u'"', u' ');
    const QStringList parts = typed.simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        ExcerptTerm words;
        for (const FoldedWord &word : foldedWords(part))
            words.words.append(word.text);
        if (!words.words.isEmpty())
            m_parts.append({part, words, part.startsWith(u'@')});
    }
    if (!m_parts.isEmpty())
        m_parts.last().words.isPrefix = true;
}

QString TypedName::expression() const
{
    return expressionWith(m_parts.isEmpty() ? QString() : m_parts.last().text);
}

QString TypedName::shortExpression() const
{
    if (m_parts.isEmpty())
        return {};
    const QString text = m_parts.last().text;
    const FoldedWord last = foldedWords(text).last();
    // As it was typed: the index keeps the diacritics of other letters than Latin ones.
    const qsizetype end = endOfLetters(text, last.from, lettersOfBeginnings);
    return end < last.to ? expressionWith(text.left(end)) : QString();
}

QString TypedName::expressionWith(const QString &end) const
{
    // Nothing at all would be a mistake in that language.
    if (m_parts.isEmpty())
        return QStringLiteral("\"\"");
    QStringList phrases;
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        const Part &part = m_parts.at(i);
        phrases.append((part.isOfHandle ? QStringLiteral("handle : \"") : QStringLiteral("\"")) +
                       (i + 1 < m_parts.size() ? part.text : end) + u'"');
    }
    return phrases.join(QStringLiteral(" AND ")) + QStringLiteral(" *");
}

bool TypedName::isOf(const QString &name, const QString &handle) const
{
    const auto begins = [this](const QString &text) { return text.startsWith(m_text, Qt::CaseInsensitive); };
    if (m_parts.isEmpty())
        return !m_text.isEmpty() && (begins(name) || begins(handle) || begins(handle.mid(1)));
    const QList<FoldedWord> inName = foldedWords(name);
    const QList<FoldedWord> inHandle = handle == name ? inName : foldedWords(handle);
    return std::all_of(m_parts.cbegin(), m_parts.cend(), [&inName, &inHandle](const Part &part) {
        return holdsTerm(inHandle, part.words) || (!part.isOfHandle && holdsTerm(inName, part.words));
    });
}

} // namespace Earshot
