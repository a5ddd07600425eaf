// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/databasefiles.h"

#include <QFile>

namespace Earshot {

QStringList endsOfDatabase()
{
    return {QStringLiteral("-wal"), QStringLiteral("-shm"), QStringLiteral("-journal"), QString()};
}

void removeDatabase(const QString &path)
{
    for (const QString &end : endsOfDatabase())
        QFile::remove(path + end);
}

} // namespace Earshot
