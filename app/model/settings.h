// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"
#include "model/words.h"

namespace Earshot {

/// What holds for a whole workspace and everybody in it, as admins set it.
struct WorkspaceSettings
{
    int undoSeconds = 10; ///< for how long a reply or an effect waits before it goes out
    int reopenDays = 30;  ///< what comes to a conversation that was resolved for longer opens a linked new one

    [[nodiscard]] Duration undoWindow() const { return std::chrono::seconds(undoSeconds); }
    [[nodiscard]] Duration reopenWithin() const { return std::chrono::days(reopenDays); }
    bool operator==(const WorkspaceSettings &) const = default;
};

/// In the setting's own unit.
struct SettingLimits
{
    int least = 0;
    int most = 0;
};

[[nodiscard]] int valueOf(const WorkspaceSettings &settings, Setting setting);
void setValue(WorkspaceSettings &settings, Setting setting, int value);
[[nodiscard]] SettingLimits limitsOf(Setting setting);

} // namespace Earshot
