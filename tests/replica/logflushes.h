// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Earshot {

/// Counts how often what lies in the write-ahead log of one database is brought to the disk (fsync), by connections
/// that are opened while this lives. One at a time, after SQLite was used for the first time.
class LogFlushes final
{
public:
    /// @param database that exists
    explicit LogFlushes(const QString &database);
    ~LogFlushes();
    Q_DISABLE_COPY_MOVE(LogFlushes)

    [[nodiscard]] int count() const;
};

} // namespace Earshot
