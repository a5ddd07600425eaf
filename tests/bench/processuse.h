// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Earshot {

/// What a process has used so far and has now; zeros where the system does not tell.
struct ProcessUse
{
    double seconds = 0;  ///< of processors
    double resident = 0; ///< memory, MB
};
[[nodiscard]] ProcessUse useOf(qint64 process);

/// Proportional share of memory of a process (0 = this one), in bytes; 0 where the system does not tell.
[[nodiscard]] qint64 memoryShare(qint64 process = 0);

} // namespace Earshot
