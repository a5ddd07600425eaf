// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <memory>

namespace Earshot {

/// The operating system's lock on FILE.lock: held by one process, ended by the system with it, however it ends.
class FileLock
{
public:
    /// Errors: locked, io, readOnly.
    static Result<std::unique_ptr<FileLock>> take(const QString &path);
    /// Whether somebody has it now. Looks for the length of a call at a free one as if it were taken.
    [[nodiscard]] static bool isTaken(const QString &path);
    ~FileLock();
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

private:
    explicit FileLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    int m_descriptor;
};

} // namespace Earshot
