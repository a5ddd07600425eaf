// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

namespace Earshot {

/// Builds plain text from the flow of a marked-up one: white space collapses, line breaks are owed until something
/// follows them, quoted lines get "> ", the start of an item its marker. Owns the text; linear time; the text ends at
/// `maxLength` however much is written.
class TextWriter
{
public:
    static constexpr qsizetype maxLength = 1'000'000; ///< UTF-16 units

    /// At least so many line ends before the next character: 1 a new line, 2 a new paragraph.
    void startLine(int lines = 1) { m_breaks = std::max(m_breaks, lines); }
    void addLineBreak();
    /// What the next line begins with, once something is on it ("• ").
    void setMarker(const QString &marker) { m_marker = marker; }
    void openQuote() { ++m_quoteDepth; }
    void closeQuote() { m_quoteDepth = std::max(0, m_quoteDepth - 1); }
    /// Another cell of the same table row: what comes stays on the line.
    void nextCell();
    void forgetCells() { m_cells = 0; }

    /// Text of the flow; `keepsSpace` inside <pre>.
    void write(QStringView text, bool keepsSpace = false);
    /// Right behind what is there, whatever line breaks are owed.
    void append(QStringView text);

    /// Where the next character to be written will be the first of something: mark() then tells where it went.
    void setMark() { m_mark = -1; }
    [[nodiscard]] qsizetype mark() const { return m_mark; }
    void truncate(qsizetype size) { m_text.truncate(size); }

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isFull() const { return m_text.size() >= maxLength; }

private:
    void put(QChar c);
    void settle();
    void breakLines();

    QString m_text;
    QString m_marker;
    qsizetype m_mark = -1;
    int m_breaks = 0;
    int m_cells = 0;
    int m_quoteDepth = 0;
    int m_shownDepth = 0; ///< of the line that is being written
    bool m_hasSpace = false;
};

} // namespace Earshot
