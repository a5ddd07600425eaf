// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"
#include "model/words.h"
#include "workspace/database.h"

#include <QSet>

#include <optional>

namespace Earshot {

/// What one agent may see, as it is in one snapshot.
struct Viewer
{
    AgentId agent;
    QString name;
    Role role = Role::viewer;
    QSet<qint64> hidden; ///< channels of teams that the agent is not in
    QString account;     ///< the workspace's id: JMAP's account
    QString incarnation; ///< of the workspace
    QString lineage;     ///< which ones it was before: "INCARNATION:N ...", each until after its change number N
    Seq newest = 0;      ///< the last change number
    QString stateStem;   ///< incarnation and grant version: what every state string begins with

    /// @param channel of the row, 0 = the whole workspace
    [[nodiscard]] bool sees(const QByteArray &table, qint64 channel, qint64 id) const
    {
        // A channel's own row belongs to that channel.
        return hidden.isEmpty() || !hidden.contains(table == "channel" ? id : channel);
    }
    [[nodiscard]] bool sees(ChannelId channel) const { return !hidden.contains(channel.value); }

    [[nodiscard]] QString state(Seq seq) const { return stateStem + u'-' + QString::number(seq); }
    /// Nothing when the state is of another incarnation or other grants, or no state at all.
    [[nodiscard]] std::optional<Seq> seqOf(const QString &state) const;
};

/// Nothing when there is no such agent or it is disabled.
[[nodiscard]] Result<std::optional<Viewer>> loadViewer(Database &database, AgentId agent);

/// The highest number of the table's rows and tombstones that the viewer may see. Where very many that it may not see
/// are newer, a number above it: as good a place to go on from.
[[nodiscard]] Seq newestSeq(Database &database, const Viewer &viewer, const QByteArray &table);
/// The highest of several tables.
[[nodiscard]] Seq newestSeq(Database &database, const Viewer &viewer, const QList<QByteArray> &tables);
/// When the visible conversation that woke last woke of itself: no change tells it. 0 = none has.
[[nodiscard]] Time newestWoken(Database &database, const Viewer &viewer, Time now);

} // namespace Earshot
