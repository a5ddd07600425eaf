// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/terminaltext.h"

#include <QList>
#include <QTextBoundaryFinder>

#include <array>
#include <utility>

namespace Earshot {

namespace {

constexpr char32_t zeroWidthJoiner = 0x200D;

/// East Asian Wide and Fullwidth ranges (UAX #11) and emoji.
constexpr auto wideRanges = std::to_array<std::pair<char32_t, char32_t>>({
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},
    {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF},
    {0x1FA70, 0x1FAFF},
    {0x20000, 0x3FFFD},
});

int widthOf(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
    case QChar::Other_Control:
        return 0;
    default:
        break;
    }
    for (const auto &[first, last] : wideRanges) {
        if (character >= first && character <= last)
            return 2;
    }
    return 1;
}

/// A grapheme is as wide as its widest character: a family of emoji joined into one takes two columns.
int widthOfGrapheme(QStringView grapheme)
{
    int width = 0;
    for (const char32_t character : grapheme.toUcs4())
        width = std::max(width, widthOf(character));
    return width;
}

/// What stands for a character on a terminal.
enum class Show { asIs, asBlank, notAtAll };

Show showOf(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return Show::asBlank;
    case QChar::Other_Format:
        return character == zeroWidthJoiner ? Show::asIs : Show::notAtAll;
    case QChar::Other_PrivateUse:
    case QChar::Other_Surrogate:
        return Show::notAtAll;
    default:
        return Show::asIs;
    }
}

} // namespace

QString terminalText(const QString &text, bool keepsLines)
{
    QString safe;
    safe.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        const char32_t character = isPair ? QChar::surrogateToUcs4(text.at(i), text.at(i + 1)) : text.at(i).unicode();
        const bool isKeptLine = keepsLines && character == U'\n';
        const Show show = isKeptLine ? Show::asIs : showOf(character);
        if (show == Show::asIs)
            safe += QStringView(text).mid(i, isPair ? 2 : 1);
        else if (show == Show::asBlank)
            safe += QLatin1Char(' ');
        i += isPair ? 1 : 0;
    }
    return safe;
}

int displayWidth(const QString &text)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    int width = 0;
    qsizetype from = 0;
    for (qsizetype to = finder.toNextBoundary(); to >= 0; to = finder.toNextBoundary()) {
        width += widthOfGrapheme(QStringView(text).mid(from, to - from));
        from = to;
    }
    return width;
}

QString cutToWidth(const QString &text, int columns)
{
    if (displayWidth(text) <= columns)
        return text;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    int width = 0;
    qsizetype from = 0;
    for (qsizetype to = finder.toNextBoundary(); to >= 0; to = finder.toNextBoundary()) {
        width += widthOfGrapheme(QStringView(text).mid(from, to - from));
        if (width > columns - 1)
            break;
        from = to;
    }
    return columns > 0 ? text.left(from) + QChar(0x2026) : QString();
}

} // namespace Earshot
