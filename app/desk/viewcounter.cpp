// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/viewcounter.h"

#include "model/future.h"
#include "workspace/viewstore.h"

namespace Earshot {

ViewCounter::ViewCounter(Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    connect(&workspace, &Workspace::committed, this, [this](const CommitNotice &notice) {
        if (notice.hasViews)
            count();
    });
    count();
}

void ViewCounter::count()
{
    if (m_isCounting || !m_workspace.isOwner())
        return;
    m_isCounting = true;
    const auto counted = m_workspace.write<bool>(
        Urgency::bulk, [](Writing &writing) -> Result<bool> { return countViewSlice(writing); });
    whenDone(counted, this, [this](const Result<bool> &hasMore) {
        m_isCounting = false;
        // What could not be counted now is by the next change of a view, or the next start.
        if (hasMore.value_or(false))
            count();
    });
}

} // namespace Earshot
