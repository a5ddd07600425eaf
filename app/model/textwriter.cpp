// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/textwriter.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostBreaks = 4;
constexpr int deepestQuote = 6;
constexpr int mostCells = 64;

bool isHtmlSpace(QChar c)
{
    return c == u' ' || c == u'\n' || c == u'\t' || c == u'\r' || c == u'\f';
}

void addPrefix(QString &text, int depth)
{
    for (int i = 0; i < depth; ++i)
        text += u"> ";
}

} // namespace

void TextWriter::addLineBreak()
{
    m_breaks = std::min(m_breaks + 1, mostBreaks);
    m_hasSpace = false;
}

void TextWriter::nextCell()
{
    m_cells = std::min(m_cells + 1, mostCells);
    m_breaks = 0;
}

void TextWriter::write(QStringView text, bool keepsSpace)
{
    for (const QChar c : text) {
        if (c == u'\0' || (keepsSpace && c == u'\r'))
            continue;
        if (keepsSpace && c == u'\n')
            addLineBreak();
        else if (!keepsSpace && isHtmlSpace(c))
            m_hasSpace = true;
        else
            put(c);
        if (isFull())
            return;
    }
}

void TextWriter::append(QStringView text)
{
    if (!isFull())
        m_text += text.first(std::min(text.size(), maxLength - m_text.size()));
}

void TextWriter::put(QChar c)
{
    settle();
    if (m_mark < 0)
        m_mark = m_text.size();
    m_text += c;
}

/// Pays everything that is owed before the next character.
void TextWriter::settle()
{
    const bool isFirst = m_text.isEmpty();
    if (m_cells > 0 && !isFirst) {
        for (; m_cells > 0; --m_cells)
            m_text += m_text.endsWith(u' ') ? QStringLiteral("| ") : QStringLiteral(" | ");
    } else if (isFirst || m_breaks > 0) {
        breakLines();
    } else if (m_hasSpace && !m_text.endsWith(u' ')) {
        m_text += u' ';
    }
    m_cells = 0;
    m_breaks = 0;
    m_hasSpace = false;
    m_text += std::exchange(m_marker, {});
}

void TextWriter::breakLines()
{
    const int depth = std::min(m_quoteDepth, deepestQuote);
    if (!m_text.isEmpty()) {
        // A blank line between two quoted ones belongs to the quote.
        const int between = std::min(depth, m_shownDepth);
        for (int i = 1; i < m_breaks; ++i) {
            m_text += u'\n';
            addPrefix(m_text, between);
            if (between > 0)
                m_text.chop(1);
        }
        m_text += u'\n';
    }
    addPrefix(m_text, depth);
    m_shownDepth = depth;
}

} // namespace Earshot
