// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/textspans.h"

#include <optional>

namespace Earshot {

namespace {

bool isAsciiAlnum(QChar c)
{
    return c.unicode() < 128 && c.isLetterOrNumber();
}

bool isWord(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c.isMark();
}

QChar charAt(QStringView text, qsizetype position)
{
    return position >= 0 && position < text.size() ? text[position] : QChar();
}

/// "example.com" at `start`: labels with dots between them, the last one at least two letters. Where it ends, or
/// nothing.
std::optional<qsizetype> hostEnd(QStringView text, qsizetype start)
{
    qsizetype end = start;
    qsizetype label = start;
    std::optional<qsizetype> best;
    for (; end < text.size() && end - start <= 253 * 2; ++end) {
        const QChar c = text[end];
        if (c == u'.') {
            if (end == label)
                break;
            label = end + 1;
        } else if (!isWord(c) && c != u'-' && !c.isSurrogate()) {
            break;
        }
        const bool isTopLevel = label > start && end - label >= 1 && !c.isDigit() && c != u'-' && c != u'_';
        if (isTopLevel && c != u'.')
            best = end + 1;
    }
    return best;
}

bool endsSentence(QChar c)
{
    return QStringView(u".,:;!?'\"…“”‘’«»。，！？*").contains(c);
}

/// Path, query and fragment behind a host: no spaces, parentheses in pairs, no punctuation at the end.
qsizetype pathEnd(QStringView text, qsizetype start)
{
    qsizetype end = start;
    int open = 0;
    for (; end < text.size(); ++end) {
        const QChar c = text[end];
        if (c.isSpace() || c == u'<' || c == u'>' || c == u'"' || c.category() == QChar::Other_Control)
            break;
        if (c == u'(')
            ++open;
        else if (c == u')' && --open < 0)
            break;
    }
    while (end > start && endsSentence(text[end - 1]))
        --end;
    return end;
}

std::optional<TextSpan> addressAt(QStringView text, qsizetype start)
{
    const QChar before = charAt(text, start - 1);
    if (isWord(before) || before == u'@' || before == u'$' || before == u'#')
        return {};
    const QStringView rest = text.sliced(start);
    const qsizetype scheme = rest.startsWith(u"https://", Qt::CaseInsensitive)  ? 8
                             : rest.startsWith(u"http://", Qt::CaseInsensitive) ? 7
                                                                                : 0;
    if (scheme == 0)
        return {};
    const std::optional<qsizetype> host = hostEnd(text, start + scheme);
    if (!host)
        return {};
    qsizetype end = *host;
    if (charAt(text, end) == u':' && charAt(text, end + 1).isDigit()) {
        ++end;
        while (charAt(text, end).isDigit())
            ++end;
    }
    const QChar next = charAt(text, end);
    if (next == u'/' || next == u'?' || next == u'#')
        end = pathEnd(text, end);
    return TextSpan{.kind = TextSpan::Kind::address, .start = start, .size = end - start, .localSize = 0};
}

std::optional<TextSpan> handleAt(QStringView text, qsizetype start)
{
    const QChar before = charAt(text, start - 1);
    if (isWord(before) || before == u'/' || before == u'=')
        return {};
    qsizetype local = start + 1;
    qsizetype end = local;
    for (QChar c = charAt(text, end); isAsciiAlnum(c) || c == u'_' || c == u'.' || c == u'-'; c = charAt(text, ++end)) {
        if (c != u'.' && c != u'-')
            local = end + 1;
    }
    if (local == start + 1 || charAt(text, start + 1) == u'.' || charAt(text, start + 1) == u'-')
        return {};
    TextSpan span{.kind = TextSpan::Kind::handle, .start = start, .size = local - start, .localSize = local - start};
    if (charAt(text, local) != u'@')
        return span;
    qsizetype domain = local + 1;
    end = domain;
    for (QChar c = charAt(text, end); isWord(c) || c == u'.' || c == u'-'; c = charAt(text, ++end)) {
        if (isWord(c))
            domain = end + 1;
    }
    if (domain > local + 1)
        span.size = domain - start;
    return span;
}

} // namespace

QList<TextSpan> textSpans(QStringView text)
{
    QList<TextSpan> spans;
    for (qsizetype i = 0; i < text.size(); ++i) {
        std::optional<TextSpan> span;
        if (text[i] == u'h' || text[i] == u'H')
            span = addressAt(text, i);
        else if (text[i] == u'@')
            span = handleAt(text, i);
        if (span) {
            spans.push_back(*span);
            i = span->end() - 1;
        }
    }
    return spans;
}

} // namespace Earshot
