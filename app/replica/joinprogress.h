// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QString>

namespace Earshot {

/// How far a first synchronisation has come.
struct JoinProgress
{
    double share = 0;      ///< of what the server has, 0 to 1
    bool isUsable = false; ///< the newest conversations of some channel are here
    Time at;               ///< when something of it came last; not known = nothing has
    bool operator==(const JoinProgress &) const = default;
};

/// "400 1 1700000000000": of a thousand parts, whether there is something to work with, when the last one came (ms).
[[nodiscard]] QString toText(const JoinProgress &joining);
/// What cannot be read has not begun.
[[nodiscard]] JoinProgress joiningFromText(const QString &text);

} // namespace Earshot
