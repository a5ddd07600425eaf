// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/slicefiles.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace Earshot {

namespace {

const QString ending = QStringLiteral(".slice");

} // namespace

QString packedSliceFile(const QString &replica, const QString &blob)
{
    return replica + ending + QLatin1Char('-') + blob;
}

QString plainSliceFile(const QString &replica, const QString &blob)
{
    return packedSliceFile(replica, blob) + QStringLiteral("-plain");
}

QStringList removeSliceFiles(const QString &replica, const QStringList &kept)
{
    QStringList left;
    const QFileInfo info(replica);
    const QString begin = info.fileName() + ending;
    // Not by a pattern: the file's own name may hold what would be one.
    for (const QString &name : info.absoluteDir().entryList(QDir::Files)) {
        const QString file = info.absoluteDir().filePath(name);
        // One without a name of its own is an earlier version's.
        const bool isSlice = name == begin || name.startsWith(begin + QLatin1Char('-'));
        const bool isKept = std::any_of(kept.cbegin(), kept.cend(),
                                        [&name](const QString &path) { return QFileInfo(path).fileName() == name; });
        if (isSlice && !isKept && !QFile::remove(file))
            left.append(file);
    }
    return left;
}

} // namespace Earshot
