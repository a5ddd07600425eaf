// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QTemporaryDir>

#include <memory>

namespace Earshot {

class FileLock;

/// What a workspace file of an older form holds, in this program's form, to be read in its place: the file itself stays
/// as it is. Lies in a folder of its own among the temporary files (TemporaryFiles), for nobody else to read, and is
/// gone with this; what a process left that was killed goes when the next one is made.
class ReadingCopy
{
public:
    /// Takes as long as copying the file and bringing it up to date. Errors: diskFull (in which folder, and what is
    /// needed), damaged, newerVersion, io.
    [[nodiscard]] static Result<std::unique_ptr<ReadingCopy>> of(const QString &path);
    ~ReadingCopy();
    Q_DISABLE_COPY_MOVE(ReadingCopy)

    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("copy.earshot")); }

private:
    explicit ReadingCopy(const QString &place);
    [[nodiscard]] Done make(const QString &path);

    QTemporaryDir m_folder;
    std::unique_ptr<FileLock> m_lock;
};

} // namespace Earshot
