// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

namespace Earshot {

/// What a person chose of lists, for the next start: how each is sorted, and which was the last. Kept in the settings
/// of this program on this machine.
namespace ListPlaces {

/// The same list sorted as it was sorted last; as it is where nothing was chosen, or where its own order is another one
/// now.
[[nodiscard]] ListQuery sortedAsChosen(ListQuery query);
/// @param query as it is by itself @param chosen the same, sorted as the person wants it
void rememberOrder(const ListQuery &query, const ListQuery &chosen);

void rememberLast(const ListQuery &query);
/// Which list it was: only what names it. "Unassigned" at the first start.
[[nodiscard]] ListQuery last();

} // namespace ListPlaces

} // namespace Earshot
