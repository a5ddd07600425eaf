// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Earshot {

/// Of what a shared desk and its clients say to one another (app/server/PROTOCOL.md). It grows when what was said
/// before is not understood any more; types that gain properties are no such case. A server speaks this one and the one
/// before.
inline constexpr int protocolNumber = 1;

} // namespace Earshot
