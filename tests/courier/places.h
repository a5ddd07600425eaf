// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courierworld.h"
#include "fakes/fakesite.h"
#include "fakes/fakewordpress.h"

namespace Earshot {

/// A WordPress site with that many visitors' comments, a second apart, spread over that many posts.
[[nodiscard]] Place wordPressPlace(WorldClock &clock, int comments, int posts = 1);
/// A site's feed of comments in pages of `window` that lead to the older ones.
[[nodiscard]] Place sitePlace(WorldClock &clock, int comments, int window = 10);

/// What the network of a world is, for its tests to look at.
[[nodiscard]] FakeWordPress &wordPressOf(const CourierWorld &world);

} // namespace Earshot
