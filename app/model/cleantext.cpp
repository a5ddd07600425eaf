// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/htmltext.h"

#include <QTextBoundaryFinder>

#include <algorithm>
#include <vector>

namespace Earshot {

namespace {

constexpr int mostMarks = 30;      ///< combining marks on one character
constexpr int mostZeroWidth = 2;   ///< zero-width characters behind one character
constexpr qsizetype mostOpen = 16; ///< bidirectional controls inside each other
constexpr int mostBlankLines = 3;

constexpr char16_t popEmbedding = 0x202C;
constexpr char16_t popIsolate = 0x2069;

bool isEmbedding(char32_t c)
{
    return c == 0x202A || c == 0x202B || c == 0x202D || c == 0x202E;
}

bool isIsolate(char32_t c)
{
    return c >= 0x2066 && c <= 0x2068;
}

bool isZeroWidth(char32_t c)
{
    return (c >= 0x200B && c <= 0x200D) || (c >= 0x2060 && c <= 0x2065) || c == 0x00AD || c == 0x180E ||
           (c >= 0x206A && c <= 0x206F);
}

bool isTagCharacter(char32_t c)
{
    return c >= 0xE0000 && c <= 0xE007F;
}

bool isMark(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_SpacingCombining ||
           category == QChar::Mark_Enclosing;
}

/// Copies a text without what must not be in it. Knows the embeddings and isolates that are open.
class Cleaner
{
public:
    explicit Cleaner(qsizetype size) { m_out.reserve(size); }
    void add(char32_t c);
    [[nodiscard]] QString take();

private:
    void endLine();
    void openBidi(char32_t c);
    void closeEmbedding();
    void closeIsolate();
    void closeTop();
    bool isAllowed(char32_t c);
    void put(char32_t c) { m_out += QChar::fromUcs4(c); }

    QString m_out;
    std::vector<char16_t> m_open; ///< the closing controls that are owed
    std::size_t m_tooDeep = 0;    ///< opening controls that were left out beyond mostOpen
    int m_marks = 0;
    int m_zeroWidth = 0;
    bool m_isFlag = false; ///< tag characters spell a flag's region only behind U+1F3F4
};

void Cleaner::closeTop()
{
    put(m_open.back());
    m_open.pop_back();
}

/// Bidirectional controls end with their paragraph anyway; said aloud, so that lines can be joined or shown apart.
void Cleaner::endLine()
{
    while (!m_open.empty())
        closeTop();
    m_tooDeep = 0;
    m_marks = 0;
    m_zeroWidth = 0;
    m_isFlag = false;
    m_out += u'\n';
}

void Cleaner::openBidi(char32_t c)
{
    if (m_open.size() >= std::size_t(mostOpen)) {
        ++m_tooDeep;
        return;
    }
    put(c);
    m_open.push_back(isIsolate(c) ? popIsolate : popEmbedding);
}

void Cleaner::closeEmbedding()
{
    if (m_tooDeep > 0)
        --m_tooDeep;
    else if (!m_open.empty() && m_open.back() == popEmbedding)
        closeTop();
}

void Cleaner::closeIsolate()
{
    if (m_tooDeep > 0) {
        --m_tooDeep;
        return;
    }
    if (std::ranges::find(m_open, popIsolate) == m_open.end())
        return;
    while (m_open.back() == popEmbedding)
        closeTop();
    closeTop();
}

bool Cleaner::isAllowed(char32_t c)
{
    if (c == u'\t')
        return true;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || QChar::isSurrogate(c) || QChar::isNonCharacter(c) || c == 0xFEFF ||
        (c >= 0xFFF9 && c <= 0xFFFB) || isReservedLetter(c))
        return false;
    if (isTagCharacter(c))
        return m_isFlag && ++m_marks <= mostMarks;
    if (isZeroWidth(c))
        return ++m_zeroWidth <= mostZeroWidth;
    if (isMark(c))
        return ++m_marks <= mostMarks;
    m_marks = 0;
    m_zeroWidth = 0;
    m_isFlag = c == 0x1F3F4;
    return true;
}

void Cleaner::add(char32_t c)
{
    if (c == u'\n' || c == 0x2028 || c == 0x2029 || c == 0x85)
        endLine();
    else if (isEmbedding(c) || isIsolate(c))
        openBidi(c);
    else if (c == popEmbedding)
        closeEmbedding();
    else if (c == popIsolate)
        closeIsolate();
    else if (isAllowed(c))
        put(c);
}

QString Cleaner::take()
{
    while (!m_open.empty())
        closeTop();
    return std::move(m_out);
}

/// Vowels and final consonants of Hangul, which join the characters before them.
bool isJoiningJamo(char32_t c)
{
    return c >= 0x1160 && c <= 0x11FF;
}

/// NFC. In pieces that cannot influence each other, because QString::normalized() moves the whole rest of the text for
/// each character that it takes apart.
QString normalized(const QString &text)
{
    constexpr qsizetype pieceSize = 256;
    constexpr int longestSyllable = 3;
    QString out;
    out.reserve(text.size());
    qsizetype start = 0;
    int jamo = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size();
        const char32_t c = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        jamo = isJoiningJamo(c) ? jamo + 1 : 0;
        const bool isBorder = !isMark(c) && (jamo == 0 || jamo > longestSyllable);
        if (isBorder && i - start >= pieceSize) {
            out += text.mid(start, i - start).normalized(QString::NormalizationForm_C);
            start = i;
        }
        i += isPair ? 1 : 0;
    }
    out += text.mid(start).normalized(QString::NormalizationForm_C);
    return out;
}

/// The text without forbidden characters, in NFC. Marks are limited first: putting a million of them into canonical
/// order takes for ever.
QString filtered(const QString &text)
{
    Cleaner cleaner(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'\r') {
            if (i + 1 == text.size() || text[i + 1] != u'\n')
                cleaner.add(u'\n');
        } else if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            cleaner.add(QChar::surrogateToUcs4(c, text[i + 1]));
            ++i;
        } else {
            cleaner.add(c.unicode());
        }
    }
    return normalized(cleaner.take());
}

/// Lines without blanks at their ends, at most three blank lines in a row, nothing around the whole.
QString trimmedLines(const QString &text)
{
    QString out;
    out.reserve(text.size());
    int breaks = 0;
    for (const QStringView line : QStringView(text).tokenize(u'\n')) {
        qsizetype size = line.size();
        while (size > 0 && line[size - 1].isSpace())
            --size;
        if (size > 0) {
            if (!out.isEmpty())
                out += QString(std::min(breaks, mostBlankLines + 1), u'\n');
            out += line.first(size);
            breaks = 0;
        }
        ++breaks;
    }
    return out.trimmed();
}

/// What is still open at the end of a text, closed.
QString closers(QStringView text)
{
    QString owed;
    for (const QChar c : text) {
        if (isEmbedding(c.unicode()))
            owed.prepend(QChar(popEmbedding));
        else if (isIsolate(c.unicode()))
            owed.prepend(QChar(popIsolate));
        else if (c == QChar(popEmbedding) || c == QChar(popIsolate))
            owed.remove(0, 1);
    }
    return owed;
}

/// The last grapheme border at or before `position`; `position` itself where the grapheme is absurdly long.
qsizetype borderBefore(const QString &text, qsizetype position)
{
    constexpr qsizetype longestGrapheme = 256;
    const qsizetype from = std::max<qsizetype>(0, position - 4 * longestGrapheme);
    const QString window = text.mid(from, position - from + longestGrapheme);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, window);
    finder.setPosition(position - from);
    if (!finder.isAtBoundary())
        finder.toPreviousBoundary();
    const qsizetype border = from + std::max<qsizetype>(0, finder.position());
    if (position - border < longestGrapheme)
        return border;
    const bool isInsidePair = position > 0 && position < text.size() && text[position].isLowSurrogate();
    return isInsidePair ? position - 1 : position;
}

QString cut(const QString &text, qsizetype maxLength)
{
    if (text.size() <= maxLength)
        return text;
    if (maxLength <= 0)
        return {};
    qsizetype end = borderBefore(text, maxLength - 1);
    QString owed = closers(QStringView(text).first(end));
    while (end > 0 && end + 1 + owed.size() > maxLength) {
        end = borderBefore(text, end - 1);
        owed = closers(QStringView(text).first(end));
    }
    QString out = text.first(end);
    while (!out.isEmpty() && out.back().isSpace())
        out.chop(1);
    return out + u'…' + owed;
}

} // namespace

QString cleanText(const QString &text, qsizetype maxLength)
{
    return cut(trimmedLines(filtered(text)), maxLength);
}

QString cleanLine(const QString &text, qsizetype maxLength)
{
    return cut(filtered(text).simplified(), maxLength);
}

} // namespace Earshot
