// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskytext.h"

#include "networks/blueskyaddress.h"
#include "networks/jsonvalues.h"

#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype longestTag = 64;

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

qsizetype bytesBefore(const QString &text, qsizetype at)
{
    return QStringView(text).first(at).toUtf8().size();
}

/// Punctuation that ends a sentence rather than an address; a ')' stays when its '(' is in there.
QString withoutTail(QString address)
{
    static const QString marks = QStringLiteral(".,;:!?");
    while (!address.isEmpty() && marks.contains(address.back()))
        address.chop(1);
    if (address.endsWith(QLatin1Char(')')) && !address.contains(QLatin1Char('(')))
        address.chop(1);
    return address;
}

void findLinks(const QString &text, QList<TextFacet> &facets)
{
    static const QRegularExpression pattern(
        QStringLiteral(
            "(?<=^|\\s|\\()(?:(https?://\\S+)|((?:[a-z0-9][a-z0-9-]*\\.)+[a-z]{2,24})(/\\S*|\\?\\S*)?(?![\\w@]))"),
        QRegularExpression::CaseInsensitiveOption);
    // Names without a protocol are links only where their ending is one of the common ones: "e.g." and "file.txt" are
    // none.
    static const QRegularExpression endings(
        QStringLiteral("\\.(?:com|org|net|edu|gov|int|info|biz|app|dev|shop|store|online|site|blog|cloud|social|news|"
                       "page|wiki|eu|de|at|ch|fr|it|es|pt|nl|be|lu|dk|se|no|fi|is|pl|cz|sk|hu|ro|bg|gr|tr|ru|ua|ie|uk|"
                       "us|ca|mx|br|ar|cl|co|jp|cn|kr|in|au|nz|za|il|io|ai|me|tv|xyz|world|academy|email|help)$"),
        QRegularExpression::CaseInsensitiveOption);
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const bool hasScheme = !match.captured(1).isEmpty();
        if (!hasScheme && !endings.match(match.captured(2)).hasMatch())
            continue;
        const QString shown = withoutTail(match.captured(0));
        const QString address = hasScheme ? shown : QString(QLatin1StringView("https://") + shown);
        if (webAddress(address).isEmpty())
            continue;
        const qsizetype start = bytesBefore(text, match.capturedStart());
        facets.append({TextFacet::Kind::link, start, start + shown.toUtf8().size(), address});
    }
}

void findMentions(const QString &text, QList<TextFacet> &facets)
{
    static const QRegularExpression pattern(QStringLiteral("(?<=^|\\s|\\()@([a-zA-Z0-9.-]+)(?=$|[^a-zA-Z0-9.-])"));
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        QString handle = match.captured(1);
        while (handle.endsWith(QLatin1Char('.')) || handle.endsWith(QLatin1Char('-')))
            handle.chop(1);
        if (!isHandle(handle))
            continue;
        const qsizetype start = bytesBefore(text, match.capturedStart());
        facets.append({TextFacet::Kind::mention, start, start + 1 + handle.size(), handle.toLower()});
    }
}

void findTags(const QString &text, QList<TextFacet> &facets)
{
    static const QRegularExpression pattern(
        QStringLiteral(
            "(?<=^|\\s)[#\\x{FF03}]((?!\\x{FE0F})[^\\s\\x{00AD}\\x{2060}\\x{200A}\\x{200B}\\x{200C}\\x{200D}]+)"),
        QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression tail(QStringLiteral("\\p{P}+$"), QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression isNumber(QStringLiteral("^\\d+$"));
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        QString tag = match.captured(1);
        tag.remove(tail);
        if (tag.isEmpty() || tag.size() > longestTag || isNumber.match(tag).hasMatch())
            continue;
        const qsizetype start = bytesBefore(text, match.capturedStart());
        const qsizetype sign = text.at(match.capturedStart()) == QLatin1Char('#') ? 1 : 3;
        facets.append({TextFacet::Kind::tag, start, start + sign + tag.toUtf8().size(), tag});
    }
}

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
