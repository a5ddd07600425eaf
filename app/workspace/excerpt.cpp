// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/excerpt.h"

#include <QStringList>

namespace Earshot {

namespace {

constexpr qsizetype excerptLength = 160;
constexpr qsizetype lengthBefore = 40;
constexpr QChar matchStart(0xe001);
constexpr QChar matchEnd(0xe002);

bool isWordCharacter(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::category(c) == QChar::Other_PrivateUse;
}

char32_t folded(char32_t c)
{
    while (QChar::decompositionTag(c) == QChar::Canonical) {
        const QString parts = QChar::decomposition(c);
        if (parts.isEmpty())
            break;
        c = parts[0].isHighSurrogate() && parts.size() > 1 ? QChar::surrogateToUcs4(parts[0], parts[1])
                                                           : parts[0].unicode();
    }
    // Not in lower case: the index has one sigma, at the end of a word too.
    return QChar::toCaseFolded(c);
}

char32_t codePointAt(const QString &text, qsizetype at, qsizetype &units)
{
    units = 1;
    if (text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate()) {
        units = 2;
        return QChar::surrogateToUcs4(text[at], text[at + 1]);
    }
    return text[at].unicode();
}

struct Match
{
    qsizetype from = 0;
    qsizetype to = 0;
};

bool matchesAt(const QList<FoldedWord> &words, qsizetype at, const ExcerptTerm &term)
{
    const qsizetype count = term.words.size();
    if (count == 0 || at + count > words.size())
        return false;
    for (qsizetype i = 0; i < count; ++i) {
        const QString &word = words[at + i].text;
        const bool mayGoOn = term.isPrefix && i == count - 1;
        if (mayGoOn ? !word.startsWith(term.words[i]) : word != term.words[i])
            return false;
    }
    return true;
}

QList<Match> findMatches(const QString &text, const QList<ExcerptTerm> &terms)
{
    const QList<FoldedWord> words = foldedWords(text);
    QList<Match> matches;
    for (qsizetype i = 0; i < words.size(); ++i) {
        qsizetype length = 0;
        for (const ExcerptTerm &term : terms) {
            if (matchesAt(words, i, term))
                length = std::max(length, term.words.size());
        }
        if (length > 0) {
            matches.append({words[i].from, words[i + length - 1].to});
            i += length - 1;
        }
    }
    return matches;
}

/// The nearest start of a word at or before `at`, but not further than a long word away.
qsizetype wordStart(const QString &text, qsizetype at)
{
    const qsizetype lowest = std::max<qsizetype>(0, at - 20);
    for (qsizetype i = at; i > lowest; --i) {
        if (text[i - 1].isSpace())
            return i;
    }
    return lowest == 0 || !text[lowest].isLowSurrogate() ? lowest : lowest + 1;
}

class LineWriter
{
public:
    void add(QChar c)
    {
        if (c == matchStart || c == matchEnd)
            return;
        if (c.isSpace()) {
            m_hasGap = !m_line.isEmpty();
            return;
        }
        closeGap();
        m_line.append(c);
    }
    void mark(QChar c)
    {
        if (c == matchStart)
            closeGap();
        m_line.append(c);
    }
    [[nodiscard]] QString line() const { return m_line; }

private:
    void closeGap()
    {
        if (m_hasGap)
            m_line.append(u' ');
        m_hasGap = false;
    }
    QString m_line;
    bool m_hasGap = false;
};

} // namespace

QList<FoldedWord> foldedWords(const QString &text, qsizetype limit)
{
    QList<FoldedWord> words;
    FoldedWord word;
    const auto finish = [&words, &word] {
        if (!word.text.isEmpty())
            words.append(word);
        word = {};
    };
    qsizetype units = 1;
    for (qsizetype at = 0; at < std::min(text.size(), limit); at += units) {
        const char32_t c = codePointAt(text, at, units);
        if (isWordCharacter(c)) {
            if (word.text.isEmpty())
                word.from = at;
            word.text.append(QChar::fromUcs4(folded(c)));
            word.to = at + units;
        } else if (QChar::isMark(c) && !word.text.isEmpty()) {
            word.to = at + units;
        } else {
            finish();
        }
    }
    finish();
    return words;
}

bool holdsTerm(const QList<FoldedWord> &words, const ExcerptTerm &term)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (matchesAt(words, i, term))
            return true;
    }
    return false;
}

QString makeExcerpt(const QString &text, const QList<ExcerptTerm> &terms)
{
    const QList<Match> matches = findMatches(text, terms);
    const qsizetype first = matches.isEmpty() ? 0 : matches.first().from;
    const qsizetype start = first <= lengthBefore ? 0 : wordStart(text, first - lengthBefore);
    qsizetype end = std::min(text.size(), start + excerptLength);
    if (end < text.size())
        end = std::max(wordStart(text, end), matches.isEmpty() ? start : std::min(matches.first().to, end));
    LineWriter writer;
    auto match = matches.cbegin();
    bool isInside = false;
    for (qsizetype i = start; i < end; ++i) {
        if (match != matches.cend() && i == match->from) {
            writer.mark(matchStart);
            isInside = true;
        }
        writer.add(text[i]);
        if (isInside && i + 1 == match->to) {
            writer.mark(matchEnd);
            isInside = false;
            ++match;
        }
    }
    if (isInside)
        writer.mark(matchEnd);
    return (start > 0 ? QStringLiteral("…") : QString()) + writer.line() +
           (end < text.size() ? QStringLiteral("…") : QString());
}

} // namespace Earshot
