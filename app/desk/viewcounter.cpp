// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/viewcounter.h"

#include "model/future.h"
#include "workspace/viewstore.h"

#include <QTimer>

namespace Earshot {

namespace {

/// After a slice that could not be counted.
constexpr auto again = std::chrono::seconds(5);

} // namespace

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
    // A view that is committed together with the slice before it is told of while that one still counts.
    m_isAsked = m_isCounting;
    if (m_isCounting || !m_workspace.isOwner())
        return;
    m_isCounting = true;
    const auto counted = m_workspace.write<bool>(
        Urgency::bulk, [](Writing &writing) -> Result<bool> { return countViewSlice(writing); });
    whenDone(counted, this, [this](const Result<bool> &hasMore) {
        m_isCounting = false;
        // As on a full disk.
        if (!hasMore)
            QTimer::singleShot(again, this, &ViewCounter::count);
        else if (*hasMore || m_isAsked)
            count();
    });
}

} // namespace Earshot
