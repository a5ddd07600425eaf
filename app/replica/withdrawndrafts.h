// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Earshot {

class Writing;

/// What its agent typed about conversations of a channel that is withdrawn and never told the server, without it or
/// just before: it goes to what is refused, where it can be read, copied and discarded. All else comes back with the
/// channel. On the writer thread, inside one writing task, before the channel's rows go.
void keepDraftsOfWithdrawn(Writing &writing, qint64 channel);

} // namespace Earshot
