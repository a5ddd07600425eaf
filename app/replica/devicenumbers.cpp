// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/devicenumbers.h"

#include "replica/replicameta.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype mostFormerDevices = 8;

} // namespace

QStringList formerDevices(Database &database)
{
    return ReplicaMeta::read(database, ReplicaMeta::formerDevices).split(u' ', Qt::SkipEmptyParts);
}

void storeDevice(Writing &writing, const QString &device)
{
    Database &database = writing.database();
    const QString before = ReplicaMeta::read(database, ReplicaMeta::device);
    if (before == device)
        return;
    if (!before.isEmpty()) {
        QStringList former = formerDevices(database);
        former.append(before);
        former = former.mid(std::max(former.size() - mostFormerDevices, qsizetype(0)));
        ReplicaMeta::write(database, ReplicaMeta::formerDevices, former.join(u' '));
    }
    ReplicaMeta::write(database, ReplicaMeta::device, device);
    ReplicaMeta::write(database, ReplicaMeta::number, QString());
    database.statement("clear_outbox_numbers").run();
}

qint64 nextNumber(Database &database)
{
    Statement find = database.statement("select_device");
    const qint64 here =
        find.bind("uuid", ReplicaMeta::read(database, ReplicaMeta::device)).next() ? find.integer(1) : 0;
    return std::max(here, ReplicaMeta::read(database, ReplicaMeta::number).toLongLong()) + 1;
}

void storeLastNumber(Database &database, qint64 number)
{
    ReplicaMeta::write(database, ReplicaMeta::number, QString::number(number));
}

} // namespace Earshot
