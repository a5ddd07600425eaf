// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/querypage.h"

#include <algorithm>

namespace Earshot {

namespace {

/// The ids from the start on, fetched when they are asked for.
class Ids
{
public:
    /// @param deepest so far a query may be walked from its start
    Ids(IdSource &source, qint64 deepest)
        : m_source(source)
        , m_deepest(deepest)
    {
    }
    /// @return whether there are so many
    bool reach(qsizetype count)
    {
        while (!m_isAtEnd && m_ids.size() < count) {
            if (const auto id = m_source.next())
                m_ids.append(*id);
            else
                m_isAtEnd = true;
        }
        return m_ids.size() >= count;
    }
    [[nodiscard]] qsizetype find(qint64 id)
    {
        for (qsizetype i = 0; i < m_deepest && reach(i + 1); ++i) {
            if (m_ids[i] == id)
                return i;
        }
        return -1;
    }
    [[nodiscard]] const QList<qint64> &all() const { return m_ids; }
    [[nodiscard]] qint64 deepest() const { return m_deepest; }

private:
    IdSource &m_source;
    qint64 m_deepest;
    QList<qint64> m_ids;
    bool m_isAtEnd = false;
};

/// How many there are, or nothing when there are too many to count.
std::optional<qint64> countOf(Ids &ids)
{
    return ids.reach(ids.deepest() + 1) ? std::nullopt : std::optional<qint64>(ids.all().size());
}

tl::expected<qint64, MethodError> startOf(Ids &ids, const QueryWindow &window, std::optional<qint64> total)
{
    qint64 start = window.position;
    if (window.anchor) {
        bool isNumber = false;
        const qsizetype anchor = ids.find(window.anchor->toLongLong(&isNumber));
        if (!isNumber || anchor < 0)
            return methodError("anchorNotFound");
        start = std::max<qint64>(0, anchor + window.anchorOffset);
    } else if (start < 0) {
        if (!total)
            total = countOf(ids);
        if (!total)
            return methodError("invalidArguments", QStringLiteral("position"));
        start = std::max<qint64>(0, *total + start);
    }
    if (start > ids.deepest())
        return methodError("invalidArguments", QStringLiteral("position: at most %1").arg(ids.deepest()));
    return start;
}

} // namespace

QueryWindow QueryWindow::read(MethodArguments &given, int most)
{
    constexpr qint64 far = 1'000'000'000;
    QueryWindow window;
    window.position = given.number("position", -far).value_or(0);
    window.anchor = given.text("anchor");
    window.anchorOffset = std::clamp<qint64>(given.number("anchorOffset", -far).value_or(0), -far, far);
    const qint64 limit = given.number("limit", 0).value_or(most);
    window.limit = std::min<qint64>(limit, most);
    window.isLimitCut = limit > most || !given.isGiven("limit");
    window.wantsTotal = given.flag("calculateTotal").value_or(false);
    return window;
}

MethodResult answerQuery(IdSource &source, const QueryWindow &window, std::optional<qint64> total, const Viewer &viewer,
                         const ServerLimits &limits, const QString &queryState)
{
    Ids ids(source, limits.depthOfQuery);
    const auto start = startOf(ids, window, total);
    if (!start && !source.hasGivenUp())
        return tl::unexpected(start.error());
    if (start)
        ids.reach(*start + window.limit);
    if (window.wantsTotal && !total && !source.hasGivenUp()) {
        total = countOf(ids);
        if (!total && !source.hasGivenUp())
            return methodError("invalidArguments", QStringLiteral("calculateTotal: there are very many"));
    }
    if (source.hasGivenUp())
        return methodError("unsupportedFilter",
                           QStringLiteral("it finds too rarely: ask for less, or for what is less rare"));
    QJsonArray list;
    for (const qint64 id : ids.all().mid(*start, window.limit))
        list.append(QString::number(id));
    QJsonObject answer{{QStringLiteral("accountId"), viewer.account},
                       {QStringLiteral("queryState"), queryState},
                       {QStringLiteral("canCalculateChanges"), false},
                       {QStringLiteral("position"), *start},
                       {QStringLiteral("ids"), list}};
    if (window.wantsTotal)
        answer.insert(QStringLiteral("total"), *total);
    if (window.isLimitCut)
        answer.insert(QStringLiteral("limit"), window.limit);
    return answer;
}

} // namespace Earshot
