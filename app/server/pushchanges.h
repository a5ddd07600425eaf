// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/viewer.h"

#include <QHash>
#include <QJsonObject>
#include <QMap>

#include <map>
#include <vector>

namespace Earshot {

[[nodiscard]] Seq lastSeqOf(Database &database);

/// What changed in a range of numbers, of one snapshot.
struct PushChanges
{
    using PerChannel = QHash<qint64, Seq>; ///< 0 = the whole workspace

    /// Of each table and channel the highest number.
    QHash<QByteArray, PerChannel> tables;
    Seq upTo = 0;
    /// The changed rows of each channel (0 = the whole workspace), encoded once for all who see it.
    QMap<qint64, QByteArray> deltas;
    bool hasDeltas = false; ///< false: nobody wished for them, or they would be too large
    /// Who may see what may have changed: those agents' views in this snapshot. Nothing = the agent is no more.
    bool touchesGrants = false;
    std::map<AgentId, std::optional<Viewer>> viewers;

    /// @param agents whose views are read where they may have changed
    [[nodiscard]] static PushChanges since(Database &database, Seq since, bool wantsDeltas,
                                           const std::vector<AgentId> &agents);
    /// @param types empty = all
    [[nodiscard]] QJsonObject statesFor(const Viewer &viewer, const QStringList &types) const;
    /// A Delta object for somebody who knows everything up to `from`; empty when nothing is visible.
    [[nodiscard]] QByteArray deltaFor(const Viewer &viewer, Seq from) const;
};

[[nodiscard]] bool isWished(const QStringList &types, const QString &type);

} // namespace Earshot
