// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/searchplan.h"

#include <optional>
#include <vector>

namespace Earshot {

/// Ids to look one up in; few enough to be held.
class IdSet
{
public:
    IdSet() = default;
    /// @param ids in any order, also more than once
    explicit IdSet(std::vector<qint64> ids);
    [[nodiscard]] bool contains(qint64 id) const;
    [[nodiscard]] const std::vector<qint64> &ids() const { return m_ids; } ///< rising
    [[nodiscard]] IdSet intersected(const IdSet &other) const;

private:
    std::vector<qint64> m_ids;
};

/// What a search's filters that the index does not know select, as far as it is little: then it is looked up instead of
/// asked of each candidate. What is set holds all that can be found, and maybe a little more.
struct SearchScope
{
    std::optional<std::vector<qint64>> messages; ///< newest first; where the conversations are few
    std::optional<IdSet> conversations;
    std::optional<IdSet> authors; ///< identities
    IdSet agents;                 ///< who may be meant as the author, too

    [[nodiscard]] bool isNarrow() const { return conversations || authors; }
};

[[nodiscard]] SearchScope findScope(Database &database, const SearchQuery &query, const SearchPlan &plan, Time now);

} // namespace Earshot
