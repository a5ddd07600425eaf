// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QByteArray>

namespace Earshot {

/// Whether a file system of this type (as the system's table of mounts names it) is shared with other machines: locks
/// and the write-ahead log's shared memory do not reach them.
[[nodiscard]] bool isNetworkFileSystem(const QByteArray &type);

/// Whether a workspace may be written on a file system of this type. Errors: unsupported.
[[nodiscard]] Done mayWriteOn(const QByteArray &type);
/// Whether this process may make files in a folder: not on a read-only medium, not without the right.
[[nodiscard]] bool mayMakeFilesIn(const QString &folder);
/// The type of the file system that holds a path, which need not be there yet.
[[nodiscard]] QByteArray fileSystemTypeOf(const QString &path);

} // namespace Earshot
