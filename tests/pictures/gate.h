// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QSemaphore>

namespace Earshot {

/// As long as it is there, whoever reads or writes a workspace waits: what loads stays as it is then. The thread that
/// made it must not read meanwhile.
class Gate final
{
public:
    Gate()
    {
        Database::setFault([this]() -> std::optional<Error> {
            m_open.acquire();
            m_open.release();
            return {};
        });
    }
    ~Gate()
    {
        m_open.release();
        Database::setFault({});
    }
    Q_DISABLE_COPY_MOVE(Gate)

private:
    QSemaphore m_open;
};

/// As long as it is there, nothing can be read or written.
class BrokenDisk final
{
public:
    BrokenDisk()
    {
        Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("disk I/O error"), {}}); });
    }
    ~BrokenDisk() { Database::setFault({}); }
    Q_DISABLE_COPY_MOVE(BrokenDisk)
};

} // namespace Earshot
