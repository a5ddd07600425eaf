// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"

namespace Earshot {

/// The one byte form of an Outgoing: compact JSON with sorted keys, all of them always
/// there, but for those that came later and are left out where they have their default. What is stored, what the
/// digest is made of.
[[nodiscard]] QByteArray toBytes(const Outgoing &outgoing);
/// Errors: malformed.
[[nodiscard]] Result<Outgoing> outgoingFromBytes(const QByteArray &bytes);
/// BLAKE2b-256 of toBytes(), hex: what an approval is bound to.
[[nodiscard]] QString digestOf(const Outgoing &outgoing);

} // namespace Earshot
