// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/slicefiles.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace Earshot {

namespace {

const QString ending = QStringLiteral(".slice");
const QString plainEnding = QStringLiteral("-plain");

/// Their paths.
QStringList sliceFiles(const QString &replica)
{
    QStringList files;
    const QFileInfo info(replica);
    const QString begin = info.fileName() + ending;
    // Not by a pattern: the file's own name may hold what would be one.
    for (const QString &name : info.absoluteDir().entryList(QDir::Files)) {
        // One without a name of its own is an earlier version's.
        if (name == begin || name.startsWith(begin + QLatin1Char('-')))
            files.append(info.absoluteDir().filePath(name));
    }
    return files;
}

} // namespace

QString packedSliceFile(const QString &replica, const QString &blob)
{
    return replica + ending + QLatin1Char('-') + blob;
}

QString plainSliceFile(const QString &replica, const QString &blob)
{
    return packedSliceFile(replica, blob) + plainEnding;
}

QStringList removeSliceFiles(const QString &replica, const QStringList &kept)
{
    QStringList left;
    for (const QString &file : sliceFiles(replica)) {
        const bool isKept = std::any_of(kept.cbegin(), kept.cend(), [&file](const QString &path) {
            return QFileInfo(path).fileName() == QFileInfo(file).fileName();
        });
        if (!isKept && !QFile::remove(file))
            left.append(file);
    }
    return left;
}

void removePlainSliceFiles(const QString &replica)
{
    for (const QString &file : sliceFiles(replica)) {
        if (file.endsWith(plainEnding) || file.endsWith(ending))
            QFile::remove(file);
    }
}

} // namespace Earshot
