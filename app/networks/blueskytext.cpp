// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskytext.h"

#include "model/textcount.h"
#include "networks/blueskyaddress.h"
#include "networks/jsonvalues.h"
#include "networks/topleveldomains.h"

#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int longestTag = 64; // graphemes

/// A facet of somebody else's record that can be shown.
struct LinkSpan
{
    qsizetype start = 0;
    qsizetype end = 0;
    QString address;
};

bool isBorder(const QByteArray &bytes, qsizetype at)
{
    return at == bytes.size() || (static_cast<unsigned char>(bytes.at(at)) & 0xC0U) != 0x80U;
}

QList<LinkSpan> linksIn(const QJsonObject &record, const QByteArray &bytes)
{
    QList<LinkSpan> spans;
    const QJsonArray facets = listOf(record, "facets");
    for (const QJsonValue &entry : facets) {
        const QJsonObject facet = entry.toObject();
        const QJsonObject index = objectOf(facet, "index");
        const qsizetype start = valueOf(index, "byteStart").toInteger(-1);
        const qsizetype end = valueOf(index, "byteEnd").toInteger(-1);
        if (start < 0 || end <= start || end > bytes.size() || !isBorder(bytes, start) || !isBorder(bytes, end))
            continue;
        const QJsonArray features = listOf(facet, "features");
        for (const QJsonValue &feature : features) {
            const QString address = webAddress(textOf(feature.toObject(), "uri"));
            if (!address.isEmpty())
                spans.append({start, end, address});
        }
    }
    std::stable_sort(spans.begin(), spans.end(),
                     [](const LinkSpan &a, const LinkSpan &b) { return a.start < b.start; });
    return spans;
}

/// "example.com/a/very..." of "https://example.com/a/very/long/address": what clients show of a link.
bool isShortOf(QString shown, const QString &address)
{
    if (shown.endsWith(QLatin1StringView("...")))
        shown.chop(3);
    else if (shown.endsWith(QChar(0x2026)))
        shown.chop(1);
    const auto bare = [](QString text) {
        for (const auto start :
             {QLatin1StringView("https://"), QLatin1StringView("http://"), QLatin1StringView("www.")}) {
            if (text.startsWith(start, Qt::CaseInsensitive))
                text = text.mid(start.size());
        }
        return text;
    };
    shown = bare(shown.trimmed());
    return !shown.isEmpty() && bare(address).startsWith(shown, Qt::CaseInsensitive);
}

int graphemesIn(const QString &text)
{
    Capabilities rule;
    rule.countRule = CountRule::bluesky;
    return countText(text, {}, rule).used;
}

qsizetype bytesBefore(const QString &text, qsizetype at)
{
    return QStringView(text).first(at).toUtf8().size();
}

/// The white space of ECMAScript, in which the rules of the network's own client are written.
#define WHITE_SPACE                                                                                                    \
    "\\t\\n\\x{0B}\\f\\r \\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}"
/// What joins or hides: it ends a hashtag.
#define INVISIBLE "\\x{AD}\\x{2060}\\x{200A}\\x{200B}\\x{200C}\\x{200D}\\x{20E2}"

bool isAsciiWord(QChar c)
{
    return c == QLatin1Char('_') || (c.unicode() < 128 && c.isLetterOrNumber());
}

/// One mark that ends a sentence rather than an address; a ')' stays when its '(' is in there.
QString withoutTail(QString address)
{
    static const QString marks = QStringLiteral(".,;:!?");
    if (!address.isEmpty() && marks.contains(address.back()))
        address.chop(1);
    if (address.endsWith(QLatin1Char(')')) && !address.contains(QLatin1Char('(')))
        address.chop(1);
    return address;
}

void findLinks(const QString &text, QList<TextFacet> &facets)
{
    static const QRegularExpression pattern(QStringLiteral("(?<=^|[" WHITE_SPACE "(])(?:(https?://[^" WHITE_SPACE "]+)|"
                                                           "([a-z][a-z0-9]*(?:\\.[a-z0-9]+)+)[^" WHITE_SPACE "]*)"),
                                            QRegularExpression::CaseInsensitiveOption);
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const bool hasScheme = match.captured(1).startsWith(QLatin1StringView("http"));
        if (!hasScheme && !hasTopLevelDomain(match.captured(2)))
            continue;
        const auto addressOf = [hasScheme](const QString &shown) {
            return hasScheme ? shown : QString(QLatin1StringView("https://") + shown);
        };
        QString shown = withoutTail(match.captured(0));
        const bool isBroken = webAddress(addressOf(shown)).isEmpty();
        // "https://acme.com...": one mark less is no address yet.
        while (isBroken && withoutTail(shown) != shown)
            shown = withoutTail(shown);
        const QString address = addressOf(shown);
        if (webAddress(address).isEmpty())
            continue;
        const qsizetype start = bytesBefore(text, match.capturedStart());
        facets.append({TextFacet::Kind::link, start, start + shown.toUtf8().size(), address});
    }
}

/// A handle has a domain that exists; those of RFC 2606 exist where there is no other network than a test's.
bool isMentionable(const QString &handle)
{
    return isHandle(handle) && (hasTopLevelDomain(handle) || handle.endsWith(QLatin1StringView(".test")) ||
                                handle.endsWith(QLatin1StringView(".example")));
}

void findMentions(const QString &text, QList<TextFacet> &facets)
{
    static const QRegularExpression pattern(QStringLiteral("(?<=^|[" WHITE_SPACE "(])@([a-zA-Z0-9.-]+)"));
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        QString handle = match.captured(1);
        // It ends where a word does.
        QChar next = text.size() > match.capturedEnd() ? text.at(match.capturedEnd()) : QChar();
        while (!handle.isEmpty() && isAsciiWord(handle.back()) == isAsciiWord(next)) {
            next = handle.back();
            handle.chop(1);
        }
        if (!isMentionable(handle))
            continue;
        const qsizetype start = bytesBefore(text, match.capturedStart());
        facets.append({TextFacet::Kind::mention, start, start + 1 + handle.size(), handle.toLower()});
    }
}

void findTags(const QString &text, QList<TextFacet> &facets)
{
    static const QRegularExpression pattern(
        QStringLiteral("(?<=^|[" WHITE_SPACE "])[#\\x{FF03}]((?!\\x{FE0F})[^" WHITE_SPACE INVISIBLE "]*"
                       "[^0-9\\p{P}" WHITE_SPACE INVISIBLE "][^" WHITE_SPACE INVISIBLE "]*)"));
    static const QRegularExpression tail(QStringLiteral("\\p{P}+$"));
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        QString tag = match.captured(1);
        tag.remove(tail);
        if (tag.isEmpty() || graphemesIn(tag) > longestTag)
            continue;
        const qsizetype start = bytesBefore(text, match.capturedStart());
        const qsizetype end = match.capturedStart() + 1 + tag.size();
        facets.append({TextFacet::Kind::tag, start, bytesBefore(text, end), tag});
    }
}

/// "$AAPL": a tag that keeps its sign.
void findCashtags(const QString &text, QList<TextFacet> &facets)
{
    static const QRegularExpression pattern(QStringLiteral("(?<=^|[" WHITE_SPACE "(])\\$([A-Za-z][A-Za-z0-9]{0,4})"
                                                           "(?=[" WHITE_SPACE ".,;:!?)\"'\\x{2019}]|$(?!\\n))"));
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const qsizetype start = bytesBefore(text, match.capturedStart());
        const QString sign = QStringLiteral("$");
        facets.append({TextFacet::Kind::tag, start, start + 1 + match.capturedLength(1),
                       QString(sign + match.captured(1).toUpper())});
    }
}

#undef WHITE_SPACE
#undef INVISIBLE

} // namespace

QString textWithLinks(const QJsonObject &record)
{
    const QByteArray bytes = textOf(record, "text").toUtf8();
    QByteArray out;
    qsizetype from = 0;
    const QList<LinkSpan> spans = linksIn(record, bytes);
    for (const LinkSpan &span : spans) {
        if (span.start < from)
            continue;
        out += bytes.mid(from, span.start - from);
        const QByteArray shown = bytes.mid(span.start, span.end - span.start);
        if (isShortOf(QString::fromUtf8(shown), span.address))
            out += span.address.toUtf8();
        else
            out += shown + " (" + span.address.toUtf8() + ')';
        from = span.end;
    }
    return QString::fromUtf8(out + bytes.mid(from));
}

QList<TextFacet> findFacets(const QString &text)
{
    QList<TextFacet> found;
    findMentions(text, found);
    findLinks(text, found);
    findTags(text, found);
    findCashtags(text, found);
    std::stable_sort(found.begin(), found.end(),
                     [](const TextFacet &a, const TextFacet &b) { return a.start < b.start; });
    QList<TextFacet> facets;
    for (const TextFacet &facet : std::as_const(found)) {
        if (facets.isEmpty() || facet.start >= facets.last().end)
            facets.append(facet);
    }
    return facets;
}

QJsonArray facetsToJson(const QList<TextFacet> &facets, const QHash<QString, QString> &dids)
{
    QJsonArray list;
    for (const TextFacet &facet : facets) {
        QJsonObject feature;
        switch (facet.kind) {
        case TextFacet::Kind::mention:
            if (!dids.contains(facet.value))
                continue;
            feature = {{QStringLiteral("$type"), QStringLiteral("app.bsky.richtext.facet#mention")},
                       {QStringLiteral("did"), dids.value(facet.value)}};
            break;
        case TextFacet::Kind::link:
            feature = {{QStringLiteral("$type"), QStringLiteral("app.bsky.richtext.facet#link")},
                       {QStringLiteral("uri"), facet.value}};
            break;
        case TextFacet::Kind::tag:
            feature = {{QStringLiteral("$type"), QStringLiteral("app.bsky.richtext.facet#tag")},
                       {QStringLiteral("tag"), facet.value}};
            break;
        }
        list.append(QJsonObject{{QStringLiteral("index"), QJsonObject{{QStringLiteral("byteStart"), facet.start},
                                                                      {QStringLiteral("byteEnd"), facet.end}}},
                                {QStringLiteral("features"), QJsonArray{feature}}});
    }
    return list;
}

} // namespace Earshot
