// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/textcount.h"

#include "model/textspans.h"

#include <QTextBoundaryFinder>

#include <algorithm>
#include <limits>

namespace Earshot {

namespace {

int narrowed(qsizetype number)
{
    return int(std::min<qsizetype>(number, std::numeric_limits<int>::max()));
}

/// A part of the text that is counted whole.
struct Piece
{
    qsizetype end = 0;
    qsizetype weight = 0;
};

qsizetype codePoints(QStringView text)
{
    return text.size() - std::ranges::count_if(text, [](QChar c) { return c.isLowSurrogate(); });
}

qsizetype utf8Size(QStringView text)
{
    qsizetype size = 0;
    for (const QChar c : text) {
        // Half a pair counts two, so a pair its four bytes.
        size += c.unicode() < 0x80 ? 1 : (c.unicode() < 0x800 || c.isSurrogate() ? 2 : 3);
    }
    return size;
}

/// Walks over a text grapheme by grapheme, or whole addresses and handles where the rule counts those.
class Counter
{
public:
    Counter(const QString &text, const Capabilities &capabilities)
        : m_text(text)
        , m_capabilities(capabilities)
        , m_finder(QTextBoundaryFinder::Grapheme, text)
    {
        if (capabilities.countRule == CountRule::mastodon)
            m_spans = textSpans(text);
    }

    [[nodiscard]] bool isAtEnd() const { return m_at >= m_text.size(); }

    Piece next()
    {
        while (m_span < m_spans.size() && m_spans[m_span].start < m_at)
            ++m_span;
        if (m_span < m_spans.size() && m_spans[m_span].start == m_at)
            return nextSpan(m_spans[m_span++]);
        const qsizetype start = m_at;
        m_finder.setPosition(m_at);
        const qsizetype border = m_finder.toNextBoundary();
        m_at = border > start ? border : m_text.size();
        if (m_span < m_spans.size())
            m_at = std::min(m_at, m_spans[m_span].start);
        return {m_at, weightOf(QStringView(m_text).sliced(start, m_at - start))};
    }

private:
    Piece nextSpan(const TextSpan &span)
    {
        m_at = span.end();
        const bool isAddress = span.kind == TextSpan::Kind::address && m_capabilities.perUrl > 0;
        const qsizetype own = span.kind == TextSpan::Kind::handle ? span.localSize : span.size;
        return {m_at, isAddress ? m_capabilities.perUrl : own};
    }

    [[nodiscard]] qsizetype weightOf(QStringView grapheme) const
    {
        switch (m_capabilities.countRule) {
        case CountRule::codePoints:
            return codePoints(grapheme);
        case CountRule::utf8Bytes:
            return utf8Size(grapheme);
        case CountRule::graphemes:
        case CountRule::mastodon:
            return 1;
        }
        Q_UNREACHABLE();
    }

    const QString &m_text;
    const Capabilities &m_capabilities;
    QTextBoundaryFinder m_finder;
    QList<TextSpan> m_spans;
    qsizetype m_span = 0;
    qsizetype m_at = 0;
};

qsizetype graphemes(const QString &text)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype count = 0;
    while (finder.toNextBoundary() > 0)
        ++count;
    return count;
}

/// How much of the text behind `from` fits, -1 when all does. Looks only at as much of a long text as it needs.
qsizetype fitting(const QString &text, qsizetype from, const Capabilities &capabilities)
{
    for (qsizetype size = qsizetype(capabilities.maxLength) * 4 + 256;; size *= 2) {
        const QString window = text.mid(from, size);
        Counter counter(window, capabilities);
        qsizetype used = 0;
        qsizetype last = 0;
        while (!counter.isAtEnd()) {
            const Piece piece = counter.next();
            used += piece.weight;
            if (used > capabilities.maxLength)
                return last;
            last = piece.end;
        }
        if (from + window.size() >= text.size())
            return -1;
    }
}

bool isSentenceEnd(const QString &text, qsizetype position)
{
    return position > 0 && text[position].isSpace() && QStringView(u".!?…。！？").contains(text[position - 1]);
}

/// The best place to cut in the second half of what fits: between paragraphs, sentences, lines, words.
qsizetype goodCut(const QString &text, qsizetype limit)
{
    const qsizetype least = limit / 2;
    qsizetype sentence = -1;
    qsizetype line = -1;
    qsizetype word = -1;
    for (qsizetype i = std::min(limit, text.size() - 1); i > 0; --i) {
        if (!text[i].isSpace())
            continue;
        if (i < least && (sentence > 0 || line > 0 || word > 0))
            break;
        if (i >= least && text[i] == u'\n' && text[i - 1] == u'\n')
            return i;
        if (sentence < 0 && isSentenceEnd(text, i))
            sentence = i;
        if (line < 0 && text[i] == u'\n')
            line = i;
        if (word < 0)
            word = i;
    }
    return sentence > 0 ? sentence : (line > 0 ? line : word);
}

/// A cut that is not inside an address or handle: before it, or behind it where nothing is before.
qsizetype outsideSpans(const QString &text, qsizetype cut)
{
    for (const TextSpan &span : textSpans(text)) {
        if (span.start >= cut)
            break;
        if (cut < span.end())
            return span.start > 0 ? span.start : span.end();
    }
    return cut;
}

qsizetype firstGrapheme(const QString &text)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    return std::max<qsizetype>(1, finder.toNextBoundary());
}

} // namespace

TextCount countText(const QString &text, const QString &contentWarning, const Capabilities &capabilities)
{
    TextCount count;
    count.limit = capabilities.maxLength;
    qsizetype used = capabilities.countRule == CountRule::mastodon ? graphemes(contentWarning) : 0;
    if (count.limit > 0 && used > count.limit)
        count.cutAt = 0;
    Counter counter(text, capabilities);
    qsizetype last = 0;
    while (!counter.isAtEnd()) {
        const Piece piece = counter.next();
        used += piece.weight;
        if (count.limit > 0 && used > count.limit && count.cutAt < 0)
            count.cutAt = last;
        last = piece.end;
    }
    count.used = narrowed(used);
    return count;
}

QStringList splitText(const QString &text, const Capabilities &capabilities)
{
    if (capabilities.maxLength <= 0)
        return {text};
    QStringList parts;
    qsizetype from = 0;
    for (qsizetype fits = fitting(text, from, capabilities); fits >= 0; fits = fitting(text, from, capabilities)) {
        // An address that reaches farther than this beyond the limit is cut no better.
        const QString window = text.mid(from, fits + 8192);
        qsizetype at = goodCut(window, fits);
        if (at <= 0)
            at = outsideSpans(window, fits);
        if (at <= 0)
            at = firstGrapheme(window);
        const QString part = window.first(at).trimmed();
        if (!part.isEmpty())
            parts += part;
        from += at;
        while (from < text.size() && text[from].isSpace())
            ++from;
    }
    if (from < text.size() || parts.isEmpty())
        parts += text.sliced(from);
    return parts;
}

} // namespace Earshot
