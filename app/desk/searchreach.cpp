// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/searchreach.h"

#include "model/future.h"

#include <utility>

namespace Earshot {

namespace {

constexpr auto betweenLooks = std::chrono::seconds(1);

} // namespace

SearchReach::SearchReach(Desk &desk, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_again(this)
{
    m_again.setSingleShot(true);
    m_again.setInterval(betweenLooks);
    connect(&m_again, &QTimer::timeout, this, &SearchReach::look);
    // A slice tells so, and the end of them.
    connect(&desk, &Desk::changed, this, [this](const CommitNotice &notice) {
        if (notice.hasChannels)
            look();
    });
    connect(&desk, &Desk::statusChanged, this, [this] {
        if (!isWhole())
            look();
    });
    look();
}

void SearchReach::look()
{
    if (std::exchange(m_isLooking, true)) {
        m_isOld = true;
        return;
    }
    whenDone(m_desk.workspace().read<HistoryReach>(loadHistoryReach), this, [this](const Result<HistoryReach> &result) {
        m_isLooking = false;
        // What is indexed nobody tells.
        if (!result || !result->isIndexed)
            m_again.start();
        if (result)
            take(*result);
        if (std::exchange(m_isOld, false))
            look();
    });
}

void SearchReach::take(const HistoryReach &found)
{
    if (std::exchange(m_found, found) != found)
        Q_EMIT reachChanged();
}

} // namespace Earshot
