// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/pushstarts.h"

#include "model/future.h"
#include "server/serverlimits.h"
#include "workspace/wirerows.h"

#include <QTimer>

#include <algorithm>

namespace Earshot {

namespace {

/// Who was away for more changes than this is told the present states instead.
constexpr Seq longestGap = 20'000;
/// Who begins to listen is looked up together with others: after a restart all come at once.
constexpr size_t mostStartsAtOnce = 200;

} // namespace

/// Who is told everything needs no walk through what changed.
Seq PushSnapshot::beginOf(const PushWish &wish) const
{
    return wish.tellsAll || m_last - wish.since > longestGap ? m_last : std::min(wish.since, m_last);
}

bool PushSnapshot::isToldAll(const PushWish &wish, const QString &present) const
{
    return wish.tellsAll || m_last - wish.since > longestGap || wish.stem != present;
}

Done PushSnapshot::add(Database &database, const PushWish &wish)
{
    auto viewer = m_viewers.find(wish.agent);
    if (viewer == m_viewers.end()) {
        const auto loaded = loadViewer(database, wish.agent);
        if (!loaded)
            return tl::unexpected(loaded.error());
        viewer = m_viewers.emplace(wish.agent, *loaded).first;
    }
    if (!viewer->second)
        return {};
    const Seq from = beginOf(wish);
    if (!m_changes.contains(from))
        m_changes.emplace(from, PushChanges::since(database, from, false, {}));
    const QString stem = viewer->second->stateStem;
    if (m_all.contains(stem) || !isToldAll(wish, stem))
        return {};
    QJsonObject &states = m_all[stem];
    for (const QByteArray &table : synchronisedTables())
        states.insert(wireTypeOf(table), viewer->second->state(newestSeq(database, *viewer->second, table)));
    return {};
}

QJsonObject PushSnapshot::statesFor(const PushWish &wish, const QStringList &types) const
{
    const Viewer &viewer = *viewerOf(wish);
    if (!isToldAll(wish, viewer.stateStem))
        return changesFor(wish).statesFor(viewer, types);
    QJsonObject states = m_all.value(viewer.stateStem);
    for (const QString &type : states.keys()) {
        if (!isWished(types, type))
            states.remove(type);
    }
    return states;
}

PushStarts::PushStarts(Workspace &workspace, IsMeant isMeant, Begin begin)
    : m_workspace(workspace)
    , m_isMeant(std::move(isMeant))
    , m_begin(std::move(begin))
{
}

void PushStarts::add(const PushWish &wish)
{
    m_wishes.push_back(wish);
    startWaiting();
}

/// One reading at a time, for as many as wait: what they need is mostly the same, and who acts needs readers too.
void PushStarts::startWaiting()
{
    if (m_isStarting || m_wishes.empty())
        return;
    m_isStarting = true;
    const auto end = m_wishes.begin() + qsizetype(std::min(mostStartsAtOnce, m_wishes.size()));
    const std::vector<PushWish> wishes(m_wishes.begin(), end);
    m_wishes.erase(m_wishes.begin(), end);
    using Read = std::shared_ptr<PushSnapshot>;
    const auto read = m_workspace.read<Read>([wishes](Database &database) -> Result<Read> {
        const auto snapshot = std::make_shared<PushSnapshot>(lastSeqOf(database));
        for (const PushWish &wish : wishes) {
            if (const Done done = snapshot->add(database, wish); !done)
                return tl::unexpected(done.error());
        }
        return database.result(snapshot);
    });
    whenDone(read, this, [this, wishes](const Result<Read> &snapshot) { onRead(wishes, snapshot); });
}

void PushStarts::onRead(const std::vector<PushWish> &wishes, const Result<std::shared_ptr<PushSnapshot>> &read)
{
    m_isStarting = false;
    for (const PushWish &wish : wishes) {
        if (!m_isMeant(wish))
            continue;
        if (read)
            m_begin(wish, **read);
        else
            m_wishes.push_back(wish);
    }
    if (read)
        startWaiting();
    else
        QTimer::singleShot(readAgainTime, this, &PushStarts::startWaiting);
}

} // namespace Earshot
