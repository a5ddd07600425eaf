// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QMutex>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <vector>

namespace Earshot {

/// A few threads and connections for reading. A reader's snapshot lasts as long as its statements.
class ReaderPool
{
public:
    explicit ReaderPool(QString path);
    ~ReaderPool();

    /// On a thread of the pool.
    void start(std::function<void(Result<Database *>)> work);
    /// On the calling thread.
    void runHere(const std::function<void(Result<Database *>)> &work);

private:
    [[nodiscard]] Result<std::unique_ptr<Database>> borrow();
    void giveBack(std::unique_ptr<Database> database);

    QString m_path;
    QThreadPool m_threads;
    QMutex m_mutex;
    std::vector<std::unique_ptr<Database>> m_idle;
};

/// A connection for reading, set up as readers are: mapped memory, small cache.
[[nodiscard]] Result<std::unique_ptr<Database>> openReader(const QString &path);

} // namespace Earshot
