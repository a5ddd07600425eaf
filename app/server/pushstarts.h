// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/pushchanges.h"
#include "workspace/workspace.h"

#include <functional>
#include <memory>

namespace Earshot {

/// A listener that is to begin, or to go on.
struct PushWish
{
    int id = 0;
    int turn = 0; ///< which of its wishes this is
    AgentId agent;
    QString stem; ///< of the states that it knows
    Seq since = 0;
    bool tellsAll = false;
};

/// What several need to begin, of one snapshot.
class PushSnapshot
{
public:
    explicit PushSnapshot(Seq last)
        : m_last(last)
    {
    }
    /// Reads what this one needs.
    [[nodiscard]] Done add(Database &database, const PushWish &wish);

    // Of a wish that was added.

    /// Nothing when its agent is no more.
    [[nodiscard]] const std::optional<Viewer> &viewerOf(const PushWish &wish) const { return m_viewers.at(wish.agent); }
    /// Up to which number it knows everything then.
    [[nodiscard]] Seq upTo(const PushWish &wish) const { return changesFor(wish).upTo; }
    /// What it is told, where its agent is there. @param types empty = all
    [[nodiscard]] QJsonObject statesFor(const PushWish &wish, const QStringList &types) const;

private:
    [[nodiscard]] Seq beginOf(const PushWish &wish) const;
    [[nodiscard]] bool isToldAll(const PushWish &wish, const QString &present) const;
    [[nodiscard]] const PushChanges &changesFor(const PushWish &wish) const { return m_changes.at(beginOf(wish)); }

    std::map<AgentId, std::optional<Viewer>> m_viewers;
    std::map<Seq, PushChanges> m_changes; ///< by what they are since
    QHash<QString, QJsonObject> m_all;    ///< the present state of every type, by the states' stem
    Seq m_last = 0;
};

/// Reads what listeners need to begin: one reading at a time, for as many as wait, again and again until it succeeds.
/// Lives on the server's thread.
class PushStarts final : public QObject
{
    Q_OBJECT

public:
    using IsMeant = std::function<bool(const PushWish &)>;
    using Begin = std::function<void(const PushWish &, const PushSnapshot &)>;

    /// @param isMeant whether a wish still stands; asked just before it begins
    /// @param begin may add wishes
    PushStarts(Workspace &workspace, IsMeant isMeant, Begin begin);

    void add(const PushWish &wish);

private:
    void startWaiting();
    void onRead(const std::vector<PushWish> &wishes, const Result<std::shared_ptr<PushSnapshot>> &read);

    Workspace &m_workspace;
    const IsMeant m_isMeant;
    const Begin m_begin;
    std::vector<PushWish> m_wishes; ///< that wait
    bool m_isStarting = false;
};

} // namespace Earshot
