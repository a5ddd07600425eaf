// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace Earshot {

/// A desktop without a window, for a process of its own: acts without end, several things at a time, and says on
/// standard output what it asked for ("asks N") and what was acknowledged ("has N"). N is a note, a reply ("text N") or
/// a tag ("tagN") where N % 5 is 4. It is ended from outside.
/// @param arguments path of the replica, token, first number, and optionally a file of certificates to trust (empty =
/// none) and a pause after each thing, in ms. With the number 0 it does nothing of its own and ends when the server is
/// there and nothing waits any more.
int workUntilKilled(const QStringList &arguments);

} // namespace Earshot
