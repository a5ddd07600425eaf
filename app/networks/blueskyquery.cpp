// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyquery.h"

#include "networks/blueskytext.h"
#include "networks/jsonvalues.h"

#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

namespace {

bool isSame(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool isBy(const QJsonObject &author, QString name)
{
    if (name.startsWith(QLatin1Char('@')))
        name.remove(0, 1);
    return textOf(author, "did") == name || isSame(textOf(author, "handle"), name);
}

} // namespace

bool carriesTag(const QJsonObject &record, const QString &tag)
{
    const QJsonArray tags = listOf(record, "tags");
    if (std::any_of(tags.cbegin(), tags.cend(), [&](const QJsonValue &one) { return isSame(one.toString(), tag); }))
        return true;
    const QJsonArray facets = listOf(record, "facets");
    for (const QJsonValue &facet : facets) {
        const QJsonArray features = listOf(facet.toObject(), "features");
        for (const QJsonValue &feature : features) {
            if (isSame(textOf(feature.toObject(), "tag"), tag))
                return true;
        }
    }
    const QList<TextFacet> found = findFacets(textOf(record, "text"));
    return std::any_of(found.cbegin(), found.cend(), [&](const TextFacet &facet) {
        return facet.kind == TextFacet::Kind::tag && isSame(facet.value, tag);
    });
}

bool isMeantBySearch(const QJsonObject &post, const QString &query)
{
    static const QRegularExpression term(QStringLiteral("\"([^\"]*)\"|(\\S+)"));
    static const QRegularExpression operation(QStringLiteral("^-|^[a-z]+:"));
    const QJsonObject record = objectOf(post, "record");
    const QString text = textWithLinks(record);
    for (auto it = term.globalMatch(query); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString word = match.captured(2);
        const bool isTag = word.startsWith(QLatin1Char('#'));
        const bool isAuthor = word.startsWith(QLatin1StringView("from:"));
        const bool isUnknown = !isAuthor && operation.match(word).hasMatch();
        const bool isMissing = isAuthor ? !isBy(objectOf(post, "author"), word.mid(5))
                               : isTag  ? !carriesTag(record, word.mid(1))
                                        : !text.contains(match.captured(1) + word, Qt::CaseInsensitive);
        if (isUnknown || isMissing)
            return false;
    }
    return true;
}

} // namespace Earshot
