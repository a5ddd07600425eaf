// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/jmaprequest.h"

#include <QJsonArray>
#include <QList>
#include <QString>

#include <algorithm>
#include <functional>

namespace Earshot {

/// A filter of a query (RFC 8620 5.5): conditions, and operators on them.
/// @tparam Condition what one FilterCondition was understood as
template <class Condition>
struct QueryFilter
{
    enum class Kind { condition, all, any, none };

    Kind kind = Kind::all; ///< of nothing: everything
    Condition condition;
    QList<QueryFilter> parts;

    /// @param test whether a condition fits
    [[nodiscard]] bool fits(const std::function<bool(const Condition &)> &test) const
    {
        const auto fitsIt = [&test](const QueryFilter &part) { return part.fits(test); };
        switch (kind) {
        case Kind::condition:
            return test(condition);
        case Kind::all:
            return std::all_of(parts.cbegin(), parts.cend(), fitsIt);
        case Kind::any:
            return std::any_of(parts.cbegin(), parts.cend(), fitsIt);
        case Kind::none:
            return std::none_of(parts.cbegin(), parts.cend(), fitsIt);
        }
        return false;
    }

    /// The conditions all of which must fit, whatever else is asked: by them an index is chosen.
    [[nodiscard]] QList<Condition> needed() const
    {
        if (kind == Kind::condition)
            return {condition};
        QList<Condition> all;
        if (kind == Kind::all) {
            for (const QueryFilter &part : parts)
                all += part.needed();
        }
        return all;
    }
    /// Whether a condition anywhere in it is such a one.
    [[nodiscard]] bool mentions(const std::function<bool(const Condition &)> &test) const
    {
        if (kind == Kind::condition)
            return test(condition);
        return std::any_of(parts.cbegin(), parts.cend(), [&test](const auto &part) { return part.mentions(test); });
    }
    /// Whether the filter is nothing but its needed() conditions.
    [[nodiscard]] bool isPlain() const
    {
        return kind == Kind::condition || (kind == Kind::all && std::all_of(parts.cbegin(), parts.cend(),
                                                                            [](const auto &p) { return p.isPlain(); }));
    }
};

template <class Condition>
using ConditionReader = std::function<tl::expected<Condition, MethodError>(const QJsonObject &)>;

/// Errors: invalidArguments, unsupportedFilter (too deep, too many, or an operator that is none).
template <class Condition>
[[nodiscard]] tl::expected<QueryFilter<Condition>, MethodError>
readFilter(const QJsonValue &value, const ConditionReader<Condition> &read, int &left, int depth = 0)
{
    using Filter = QueryFilter<Condition>;
    constexpr int deepestFilter = 10;
    Filter filter;
    if (value.isNull() || value.isUndefined())
        return filter;
    if (!value.isObject())
        return methodError("invalidArguments", QStringLiteral("filter"));
    if (depth > deepestFilter || --left < 0)
        return methodError("unsupportedFilter", QStringLiteral("it is too deep or too long"));
    const QJsonObject object = value.toObject();
    const QJsonValue op = object.value(QLatin1StringView("operator"));
    if (op.isUndefined()) {
        const auto condition = read(object);
        if (!condition)
            return tl::unexpected(condition.error());
        filter.kind = Filter::Kind::condition;
        filter.condition = *condition;
        return filter;
    }
    if (op == QLatin1StringView("AND"))
        filter.kind = Filter::Kind::all;
    else if (op == QLatin1StringView("OR"))
        filter.kind = Filter::Kind::any;
    else if (op == QLatin1StringView("NOT"))
        filter.kind = Filter::Kind::none;
    else
        return methodError("invalidArguments", QStringLiteral("filter: operator"));
    const QJsonValue conditions = object.value(QLatin1StringView("conditions"));
    if (!conditions.isArray() || object.size() != 2)
        return methodError("invalidArguments", QStringLiteral("filter: conditions"));
    for (const QJsonValue &part : conditions.toArray()) {
        auto inner = readFilter<Condition>(part, read, left, depth + 1);
        if (!inner)
            return inner;
        filter.parts.append(*std::move(inner));
    }
    return filter;
}

constexpr int mostConditions = 100;

} // namespace Earshot
