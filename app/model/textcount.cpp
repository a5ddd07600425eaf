// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/textcount.h"

#include "model/recipients.h"
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
struct CountedPiece
{
    qsizetype end = 0;
    qsizetype weight = 0;
    qsizetype bytes = 0; ///< only where the rule counts them beside
};

/// Bluesky: 3,000 bytes beside 300 graphemes (app.bsky.feed.post), and the same ratio for other texts.
constexpr qsizetype bytesPerGrapheme = 10;

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

/// What a text uses of its limit, piece by piece.
class Usage
{
public:
    void add(const CountedPiece &piece)
    {
        m_weight += piece.weight;
        m_bytes += piece.bytes;
    }
    [[nodiscard]] qsizetype used() const
    {
        return std::max(m_weight, (m_bytes + bytesPerGrapheme - 1) / bytesPerGrapheme);
    }

private:
    qsizetype m_weight = 0;
    qsizetype m_bytes = 0;
};

/// Signs that join the consonant before them with the one behind to one grapheme (UAX #29, rule GB9c, which the
/// tables of older Qt do not have).
bool isConjunctLinker(QChar c)
{
    return QStringView(u"\u094D\u09CD\u0ACD\u0B4D\u0C4D\u0D4D").contains(c);
}

/// Whether a consonant of one of those scripts begins here.
bool isLinkedConsonant(QChar c)
{
    const char16_t u = c.unicode();
    const bool isScript = (u >= 0x0900 && u <= 0x09FF) || (u >= 0x0A80 && u <= 0x0B7F) ||
                          (u >= 0x0C00 && u <= 0x0C7F) || (u >= 0x0D00 && u <= 0x0D7F);
    const int place = u & 0x7F;
    const bool isExtra = u == 0x0978 || (u >= 0x0979 && u <= 0x097F) || (u >= 0x0958 && u <= 0x095F) || u == 0x09DC ||
                         u == 0x09DD || u == 0x09DF || u == 0x09F0 || u == 0x09F1;
    return isScript && ((place >= 0x15 && place <= 0x39) || isExtra);
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

    CountedPiece next()
    {
        while (m_span < m_spans.size() && m_spans[m_span].start < m_at)
            ++m_span;
        if (m_span < m_spans.size() && m_spans[m_span].start == m_at)
            return nextSpan(m_spans[m_span++]);
        const qsizetype start = m_at;
        m_finder.setPosition(m_at);
        const qsizetype border = m_finder.toNextBoundary();
        m_at = border > start ? border : m_text.size();
        if (m_capabilities.countRule == CountRule::bluesky)
            joinConjunct(start);
        if (m_span < m_spans.size())
            m_at = std::min(m_at, m_spans[m_span].start);
        const QStringView grapheme = QStringView(m_text).sliced(start, m_at - start);
        return {m_at, weightOf(grapheme), m_capabilities.countRule == CountRule::bluesky ? utf8Size(grapheme) : 0};
    }

private:
    /// Goes on over what the boundary finder cut off although a linker joins it.
    void joinConjunct(qsizetype start)
    {
        while (m_at < m_text.size() && isLinkedConsonant(m_text[start]) && isLinkedConsonant(m_text[m_at])) {
            qsizetype last = m_at - 1;
            while (last > start && m_text[last] == QChar(0x200D))
                --last;
            if (!isConjunctLinker(m_text[last]))
                return;
            m_finder.setPosition(m_at);
            const qsizetype border = m_finder.toNextBoundary();
            m_at = border > m_at ? border : m_text.size();
        }
    }

    CountedPiece nextSpan(const TextSpan &span)
    {
        m_at = span.end();
        const bool isAddress = span.kind == TextSpan::Kind::address && m_capabilities.perUrl > 0;
        const qsizetype own = span.kind == TextSpan::Kind::handle ? span.localSize : span.size;
        return {m_at, isAddress ? m_capabilities.perUrl : own, 0};
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
        case CountRule::bluesky:
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
        Usage usage;
        qsizetype last = 0;
        while (!counter.isAtEnd()) {
            const CountedPiece piece = counter.next();
            usage.add(piece);
            if (usage.used() > capabilities.maxLength)
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
    Usage usage;
    if (capabilities.countRule == CountRule::mastodon)
        usage.add({0, graphemes(contentWarning), 0});
    if (count.limit > 0 && usage.used() > count.limit)
        count.cutAt = 0;
    Counter counter(text, capabilities);
    qsizetype last = 0;
    while (!counter.isAtEnd()) {
        const CountedPiece piece = counter.next();
        usage.add(piece);
        if (count.limit > 0 && usage.used() > count.limit && count.cutAt < 0)
            count.cutAt = last;
        last = piece.end;
    }
    count.used = narrowed(usage.used());
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

QStringList splitReply(const QString &text, const QStringList &names, const QString &ownDomain,
                       const QString &contentWarning, const Capabilities &capabilities)
{
    if (!countText(missingNames(names, text, ownDomain) + text, contentWarning, capabilities).isTooLong())
        return {text};
    Capabilities room = capabilities;
    room.maxLength -= countText(names.join(QLatin1Char(' ')) + QLatin1Char(' '), contentWarning, room).used;
    return room.maxLength > 0 ? splitText(text, room) : QStringList{text};
}

} // namespace Earshot
