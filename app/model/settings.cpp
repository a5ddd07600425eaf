// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/settings.h"

namespace Earshot {

namespace {

/// Where a setting is kept.
int WorkspaceSettings::*memberOf(Setting setting)
{
    switch (setting) {
    case Setting::undoSeconds:
        return &WorkspaceSettings::undoSeconds;
    case Setting::reopenDays:
        return &WorkspaceSettings::reopenDays;
    }
    Q_UNREACHABLE();
}

} // namespace

int valueOf(const WorkspaceSettings &settings, Setting setting)
{
    return settings.*memberOf(setting);
}

void setValue(WorkspaceSettings &settings, Setting setting, int value)
{
    settings.*memberOf(setting) = value;
}

SettingLimits limitsOf(Setting setting)
{
    switch (setting) {
    case Setting::undoSeconds:
        return {0, 300};
    case Setting::reopenDays:
        return {0, 3650};
    }
    Q_UNREACHABLE();
}

} // namespace Earshot
