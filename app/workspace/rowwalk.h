// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QByteArray>
#include <QJsonObject>

#include <memory>
#include <vector>

namespace Earshot {

/// Goes through the rows of all synchronised tables, and perhaps the tombstones, in the order of their change numbers.
/// Costs what it walks. The database outlives it.
class RowWalk final
{
public:
    enum class Stones { with, without };

    RowWalk(Database &database, Seq since, Stones stones);
    ~RowWalk();

    [[nodiscard]] bool hasMore() const { return m_source || m_hasStone; }
    /// It stands on a tombstone.
    [[nodiscard]] bool isGone() const { return !m_source; }
    [[nodiscard]] Seq seq() const;
    [[nodiscard]] qint64 id() const;
    /// 0 = the whole workspace's.
    [[nodiscard]] qint64 channel() const;
    [[nodiscard]] QByteArray table() const;
    /// As it travels. @param properties only these; empty = all
    [[nodiscard]] QJsonObject row(const QStringList &properties = {}) const;
    void step();

private:
    struct Source;
    void choose();

    Database &m_database;
    std::vector<std::unique_ptr<Source>> m_sources;
    std::unique_ptr<Statement> m_stones; ///< null = without
    bool m_hasStone = false;
    Source *m_source = nullptr; ///< the one that is next; null = a tombstone
};

} // namespace Earshot
