// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/erasemark.h"

#include <QFileInfo>

namespace Earshot {

QString eraseMarkOf(const QString &path)
{
    const QFileInfo named(path);
    return (named.isSymLink() ? named.symLinkTarget() : named.absoluteFilePath()) + eraseMarkEnd();
}

QString eraseMarkEnd()
{
    return QStringLiteral(".erase");
}

Done mayBeRead(const QString &path)
{
    if (!QFileInfo::exists(eraseMarkOf(path)))
        return {};
    return fail(ErrorKind::notFound,
                QStringLiteral("%1 is to be erased: its server says that it may no longer be here. Start Earshot, or "
                               "earshotctl workspace replicate %1, to have it done")
                    .arg(path));
}

} // namespace Earshot
