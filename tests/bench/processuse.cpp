// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "processuse.h"

#include <QFile>

#include <unistd.h>

namespace Earshot {

ProcessUse useOf(qint64 process)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(process));
    QFile memory(QStringLiteral("/proc/%1/statm").arg(process));
    if (!stat.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> fields = stat.readAll().split(' ');
    const double ticks = fields.value(13).toDouble() + fields.value(14).toDouble();
    return {ticks / double(::sysconf(_SC_CLK_TCK)),
            memory.readAll().split(' ').value(1).toDouble() * double(::sysconf(_SC_PAGESIZE)) / 1e6};
}

qint64 memoryShare(qint64 process)
{
    const QString name = process == 0 ? QStringLiteral("self") : QString::number(process);
    QFile file(QStringLiteral("/proc/%1/smaps_rollup").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("Pss:"))
            return line.mid(4).trimmed().split(' ').constFirst().toLongLong() * 1024;
    }
    return 0;
}

} // namespace Earshot
