// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/settingstore.h"

namespace Earshot {

WorkspaceSettings loadSettings(Database &database)
{
    WorkspaceSettings settings;
    Statement rows = database.statement("list_workspace_settings");
    while (rows.next()) {
        // One that a newer version knows changes nothing here.
        if (const std::optional<Setting> setting = fromWord<Setting>(rows.text(0)))
            setValue(settings, *setting, int(rows.integer(1)));
    }
    return settings;
}

void storeSetting(Writing &writing, Setting setting, int value)
{
    Statement store = writing.statement("upsert_workspace_setting");
    store.bind("seq", writing.nextSeq()).bind("name", word(setting)).bind("value", qint64(value)).run();
}

} // namespace Earshot
