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
    // A slice tells so.
    connect(&desk, &Desk::changed, this, [this](const CommitNotice &notice) {
        if (notice.hasChannels)
            look();
    });
    connect(&desk, &Desk::statusChanged, this, [this] {
        if (!m_isWhole)
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
    const auto looked = m_desk.workspace().read<Found>([](Database &database) -> Result<Found> {
        Statement find = database.statement("select_search_reach");
        Found found;
        if (find.next()) {
            const QString arrived = find.text(0);
            const qint64 waiting = find.integer(1);
            found.isWhole = arrived.isEmpty() && find.integer(2) == 0;
            // "0": that slices are missing is known, but not how new they are.
            const bool isUnknown = !arrived.isEmpty() && arrived.toLongLong() == 0;
            found.since = timeFromMs(isUnknown ? 0 : std::max(arrived.toLongLong(), waiting));
        }
        return database.result(found);
    });
    whenDone(looked, this, [this](const Result<Found> &result) {
        m_isLooking = false;
        if (result)
            take(*result);
        else
            m_again.start();
        if (std::exchange(m_isOld, false))
            look();
    });
}

void SearchReach::take(const Found &found)
{
    if (!found.isWhole)
        m_again.start();
    if (m_isWhole == found.isWhole && m_since == found.since)
        return;
    m_isWhole = found.isWhole;
    m_since = found.since;
    Q_EMIT reachChanged();
}

} // namespace Earshot
