// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feeditem.h"
#include "networks/feedtext.h"

#include <QRegularExpression>

#include <cmath>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

std::optional<double> numberOf(QString text)
{
    bool isNumber = false;
    const double value = text.replace(u',', u'.').trimmed().toDouble(&isNumber);
    return isNumber && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// A review vocabulary: where the value is, and where its scale.
struct Vocabulary
{
    QLatin1StringView value;
    QLatin1StringView best;
    QLatin1StringView worst;
};

std::optional<int> fromVocabulary(const FeedElement &element, const Vocabulary &words)
{
    const FeedElement *value = element.child(words.value);
    if (!value)
        return std::nullopt;
    const auto scale = [&](QLatin1StringView name, QLatin1StringView attribute) {
        const QString inside = value->attribute(attribute);
        return inside.isEmpty() ? element.textOf(name) : inside;
    };
    return starsTimesTen(value->text, scale(words.best, "max"_L1), scale(words.worst, "min"_L1));
}

std::optional<int> fromAttributes(const FeedElement *element)
{
    if (!element)
        return std::nullopt;
    const QString own = element->attribute("value"_L1);
    return starsTimesTen(own.isEmpty() ? element->attribute("average"_L1) : own, element->attribute("max"_L1),
                         element->attribute("min"_L1));
}

std::optional<int> fromMarkup(const QString &markup)
{
    static const QRegularExpression value(
        u"(?:class=[\"'](?:[^\"'<>]{0,100}\\s)?rating(?:\\s[^\"'<>]{0,100})?[\"']|itemprop=[\"']ratingValue[\"'])"
        u"[^<>]{0,300}>(?:\\s{0,20}<[^<>]{0,300}class=[\"']value[\"'][^<>]{0,300}>)?\\s{0,20}(\\d{1,6}(?:[.,]\\d{1,6})?)"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression best(
        u"(?:class=[\"']best[\"']|itemprop=[\"']bestRating[\"'])[^<>]{0,300}>\\s{0,20}(\\d{1,6})"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = value.match(markup.left(100'000));
    if (!match.hasMatch())
        return std::nullopt;
    return starsTimesTen(match.captured(1), best.match(markup.left(100'000)).captured(1));
}

/// "★★★★☆"
std::optional<int> fromStars(const QString &text)
{
    static const QRegularExpression stars(u"([★⭐]{1,5})([☆✩]{0,4})"_s);
    const auto match = stars.match(text.left(1000));
    const qsizetype full = match.capturedLength(1);
    const bool isScale = full == 5 || full + match.capturedLength(2) == 5;
    return match.hasMatch() && isScale ? std::optional(int(full) * 10) : std::nullopt;
}

} // namespace

std::optional<int> starsTimesTen(const QString &value, const QString &best, const QString &worst)
{
    const auto number = numberOf(value);
    if (!number || *number <= 0)
        return std::nullopt;
    double scale = numberOf(best).value_or(0);
    if (scale <= 0)
        scale = *number <= 5 ? 5 : *number <= 10 ? 10 : 100;
    if (*number > scale || numberOf(worst).value_or(0) > *number)
        return std::nullopt;
    return qBound(10, int(std::lround(*number * 50 / scale)), 50);
}

std::optional<int> ratingOf(const FeedElement &item)
{
    static const QList<Vocabulary> vocabularies = {
        {"im:rating"_L1, ""_L1, ""_L1},
        {"review:rating"_L1, "review:maxRating"_L1, "review:minRating"_L1},
        {"schema:ratingValue"_L1, "schema:bestRating"_L1, "schema:worstRating"_L1},
        {"ratingValue"_L1, "bestRating"_L1, "worstRating"_L1},
        {"g:overall"_L1, ""_L1, ""_L1},
        {"overall"_L1, ""_L1, ""_L1},
        {"g:rating"_L1, ""_L1, ""_L1},
        {"rating"_L1, "maxRating"_L1, "minRating"_L1},
        {"stars"_L1, ""_L1, ""_L1},
    };
    for (const Vocabulary &words : vocabularies) {
        if (const auto rating = fromVocabulary(item, words))
            return rating;
    }
    for (const QLatin1StringView inner :
         {"g:ratings"_L1, "ratings"_L1, "schema:reviewRating"_L1, "schema:Rating"_L1, "reviewRating"_L1,
          "review:Review"_L1, "schema:Review"_L1, "media:community"_L1}) {
        const FeedElement *element = item.child(inner);
        if (element && element->children.size() < 50) {
            if (const auto rating = ratingOf(*element))
                return rating;
        }
    }
    for (const QLatin1StringView name : {"gd:rating"_L1, "media:starRating"_L1}) {
        if (const auto rating = fromAttributes(item.child(name)))
            return rating;
    }
    for (const QLatin1StringView name :
         {"content:encoded"_L1, "description"_L1, "atom:content"_L1, "atom:summary"_L1}) {
        if (const FeedElement *element = item.child(name)) {
            if (const auto rating = fromMarkup(element->text))
                return rating;
        }
    }
    const QString title = item.textOf("title"_L1);
    return fromStars(title.isEmpty() ? item.textOf("atom:title"_L1) : title);
}

} // namespace Earshot
