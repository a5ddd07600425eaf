// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/searchquery.h"
#include "workspace/database.h"
#include "workspace/excerpt.h"

#include <optional>
#include <vector>

namespace Earshot {

/// A search as the index and the joined rows are asked it.
struct SearchPlan
{
    QStringList needed; ///< expressions of the index's query language, all of which must match
    QStringList unwanted;
    QList<ExcerptTerm> terms;
    bool isImpossible = false; ///< a filter names what does not exist
    TagId tag;
    QString author;               ///< who may be meant by it, where these are too many for the index
    std::optional<AgentId> owner; ///< an id that is none: nobody's
    std::optional<AgentId> drafter;
    std::optional<AgentId> unseenBy;
    bool isOnce = false;    ///< conversations are asked for, not messages: each is found by its newest
    bool isNewOnly = false; ///< of those with something unseen only what came since, from others

    /// Whether anything is asked of texts or fixed attributes.
    [[nodiscard]] bool asksIndex() const;
};

/// Looks up what the query names.
[[nodiscard]] SearchPlan planSearch(Database &database, const SearchQuery &query, AgentId me, Time now);
/// What the index is asked: matches all messages when nothing is asked of it.
[[nodiscard]] QString matchExpression(const SearchPlan &plan);
/// The identities that may be meant behind "from:", in no order, some maybe twice.
/// @param limit that many are no less than are wanted; more may come
[[nodiscard]] std::vector<qint64> findAuthors(Database &database, const QString &typed, int limit);
/// After every text that begins so, and before every other text that comes after these.
[[nodiscard]] QString endOfBeginning(const QString &text);

} // namespace Earshot
