// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/slicefiles.h"

#include <QDir>
#include <QFileInfo>

namespace Earshot {

QString packedSliceFile(const QString &replica, const QString &blob)
{
    return replica + QStringLiteral(".slice-") + blob;
}

QString plainSliceFile(const QString &replica)
{
    return replica + QStringLiteral(".slice");
}

QStringList removeSliceFiles(const QString &replica, const QString &kept)
{
    QStringList left;
    const QFileInfo info(replica);
    const QString plain = QFileInfo(plainSliceFile(replica)).fileName();
    // Not by a pattern: the file's own name may hold what would be one.
    for (const QString &name : info.absoluteDir().entryList(QDir::Files)) {
        const QString file = info.absoluteDir().filePath(name);
        const bool isSlice = name == plain || name.startsWith(plain + QLatin1Char('-'));
        if (isSlice && (kept.isEmpty() || name != QFileInfo(kept).fileName()) && !QFile::remove(file))
            left.append(file);
    }
    return left;
}

} // namespace Earshot
