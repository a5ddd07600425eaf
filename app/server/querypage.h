// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/methodarguments.h"
#include "server/viewer.h"

namespace Earshot {

/// What part of a query's result is wanted: RFC 8620 5.5.
struct QueryWindow
{
    qint64 position = 0;
    std::optional<QString> anchor;
    qint64 anchorOffset = 0;
    qsizetype limit = 0;
    bool wantsTotal = false;
    bool isLimitCut = false; ///< the server gives fewer than were asked for

    static QueryWindow read(MethodArguments &given, int most);
};

/// A query's ids in their order, one after another.
class IdSource
{
public:
    IdSource() = default;
    virtual ~IdSource() = default;
    Q_DISABLE_COPY_MOVE(IdSource)

    /// Nothing at the end, or when it gave up: so many rows were looked at, or so long, in vain.
    [[nodiscard]] virtual std::optional<qint64> next() = 0;
    [[nodiscard]] bool hasGivenUp() const { return m_hasGivenUp; }

protected:
    void giveUp() { m_hasGivenUp = true; }
    /// Another row is looked at. @return false: too many were
    [[nodiscard]] bool look()
    {
        static constexpr int mostLooked = 50'000;
        m_hasGivenUp = m_hasGivenUp || ++m_looked > mostLooked;
        return !m_hasGivenUp;
    }

private:
    int m_looked = 0;
    bool m_hasGivenUp = false;
};

/// The response to a query.
/// @param total from a kept counter; nothing = it is counted as far as the query may be walked
/// Errors: invalidArguments (position, total), anchorNotFound, unsupportedFilter (it finds too rarely).
[[nodiscard]] MethodResult answerQuery(IdSource &source, const QueryWindow &window, std::optional<qint64> total,
                                       const Viewer &viewer, const ServerLimits &limits, const QString &queryState);

} // namespace Earshot
